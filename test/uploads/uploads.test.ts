import { expect, test } from 'vitest'
import { type LocalFile, StorageRefusal } from '../../main/providers/provider'
import { createUploads, type UploadPlace } from '../../main/uploads/uploads'
import { aCall, failing } from '../support/connected-provider'
import { createFakeProvider, failureOf, providerError } from '../support/fake-provider'

const file: LocalFile = { path: '/a.mp4', name: 'a.mp4', contentType: 'video/mp4', bytes: 1 }
const refusal = new StorageRefusal(failureOf('invalid-input'), 'refused')
const bucket: UploadPlace = { uploadFor: () => async () => 'https://bucket.example/a.mp4' }

const withUpload = (step: string | Error) => {
  const provider = createFakeProvider()
  provider.script.upload = [step]
  return provider
}

test('the provider’s own storage comes first', async () => {
  const provider = withUpload('https://own.example/a.mp4')
  const url = await createUploads([bucket]).toUrl(file, provider, 'edit', aCall())
  expect(url).toBe('https://own.example/a.mp4')
})

test('a file that it does not accept goes to the bucket', async () => {
  const url = await createUploads([bucket]).toUrl(file, withUpload(refusal), 'edit', aCall())
  expect(url).toBe('https://bucket.example/a.mp4')
})

test('after any other error no other place is tried', async () => {
  const provider = withUpload(providerError('auth', 'refused', 'enter-key'))
  const error = await failing(createUploads([bucket]).toUrl(file, provider, 'edit', aCall()))
  expect(error.failure.kind).toBe('auth')
})

test('without a bucket its refusal is reported', async () => {
  const error = await failing(createUploads().toUrl(file, withUpload(refusal), 'edit', aCall()))
  expect(error).toBe(refusal)
})

test('a service without storage needs another place', async () => {
  const { upload: _, ...bare } = createFakeProvider()
  const error = await failing(createUploads().toUrl(file, bare, 'edit', aCall()))
  expect(error.failure.text.key).toBe('failure.upload_unsupported')
  expect(await createUploads([bucket]).toUrl(file, bare, 'edit', aCall())).toContain(
    'bucket.example',
  )
})

test('every place releases what was uploaded', async () => {
  const released: unknown[] = []
  const place: UploadPlace = {
    uploadFor: () => null,
    release: async (uploaded) => {
      released.push(uploaded)
    },
  }
  const uploaded = { urls: ['https://bucket.example/a.mp4'], paths: ['/a.mp4'] }
  await createUploads([bucket, place]).release(uploaded, aCall().signal)
  expect(released).toEqual([uploaded])
})
