import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { UploadPolicy } from '../../../main/providers/dashscope/answers'
import { createUpload } from '../../../main/providers/dashscope/storage'
import { createHttp } from '../../../main/providers/http/http'
import type { ProviderError } from '../../../main/providers/provider'
import { aCall, failing } from '../../support/connected-provider'
import { temporaryFolder } from '../../support/temporary-folder'

const error = (code: string, message = '') =>
  `<Error><Code>${code}</Code><Message>${message}</Message></Error>`

/** A storage with these answers; the last one repeats. */
const storing = async (...answers: [status: number, body?: string][]) => {
  const forms: string[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const [status, body = ''] = answers[Math.min(forms.length, answers.length - 1)] ?? [500]
      forms.push(Buffer.concat(pieces).toString())
      response.writeHead(status).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  const policy: UploadPolicy = {
    policy: 'the policy',
    signature: 'the signature',
    oss_access_key_id: 'the id',
    upload_dir: 'dir/of/day',
    upload_host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    expire_in_seconds: null,
    max_file_size_mb: null,
    x_oss_object_acl: 'private',
    x_oss_forbid_overwrite: 'true',
  }
  const state = { now: 0, key: 'sk-1', policies: 0, names: 0 }
  const upload = createUpload({
    clock: { now: () => state.now, sleep: async () => {} },
    unique: () => `n${++state.names}`,
    key: () => state.key,
    http,
    policy: async () => {
      state.policies++
      return policy
    },
  })
  const file = (bytes: number, name = 'Clip ☀.MP4') => {
    const place = path.join(temporaryFolder(), 'file')
    writeFileSync(place, Buffer.alloc(bytes, 'a'))
    return { path: place, name, contentType: 'video/mp4', bytes }
  }
  const send = (bytes = 4, onProgress?: (fraction: number) => void) =>
    upload('edit', file(bytes), { ...aCall(), ...(onProgress ? { onProgress } : {}) })
  return { send, forms, state, policy }
}

test('an upload has the fields of the policy and a name of its own', async () => {
  const { send, forms } = await storing([200])
  const seen: number[] = []
  expect(await send(4, (fraction) => seen.push(fraction))).toBe('oss://dir/of/day/n1.mp4')
  const fields = [...(forms[0] ?? '').matchAll(/form-data; name="([^"]+)"\r\n\r\n([^\r]*)\r\n/g)]
  expect(fields.map(([, name, value]) => [name, value])).toEqual([
    ['OSSAccessKeyId', 'the id'],
    ['Signature', 'the signature'],
    ['policy', 'the policy'],
    ['key', 'dir/of/day/n1.mp4'],
    ['x-oss-object-acl', 'private'],
    ['x-oss-forbid-overwrite', 'true'],
    ['success_action_status', '200'],
    ['x-oss-content-type', 'video/mp4'],
  ])
  expect(forms[0]).toContain('filename="n1.mp4"')
  expect(seen.at(-1)).toBe(1)
})

test('an empty file has no progress, and nobody has to listen', async () => {
  const { send } = await storing([204])
  const seen: number[] = []
  expect(await send(0, (fraction) => seen.push(fraction))).toContain('oss://')
  expect(seen).toEqual([])
  expect(await send(4)).toContain('oss://')
})

describe('a policy', () => {
  test.each([
    ['without a lifetime counts for four minutes', null, 240_000],
    ['counts until a minute before its end', 100, 40_000],
  ])('%s', async (_what, lifetime, end) => {
    const { send, state, policy } = await storing([200])
    if (lifetime !== null) policy.expire_in_seconds = lifetime
    await send()
    state.now = end - 1
    await send()
    expect(state.policies).toBe(1)
    state.now = end
    await send()
    expect(state.policies).toBe(2)
  })

  test('counts for its key', async () => {
    const { send, state } = await storing([200])
    await send()
    state.key = 'sk-2'
    await send()
    expect(state.policies).toBe(2)
  })

  test('limits the size of a file', async () => {
    const { send, policy, forms } = await storing([200])
    policy.max_file_size_mb = 1
    await send(1024 * 1024)
    expect(await failing(send(1024 * 1024 + 1))).toMatchObject({
      failure: {
        text: { key: 'failure.upload_too-large', values: { name: 'Clip ☀.MP4', limit: 1 } },
      },
      sent: 'no',
    })
    expect(forms).toHaveLength(1)
  })
})

describe('a refusal of the storage', () => {
  test.each([
    [299, '', null],
    [300, '', 'HTTP 300'],
    [403, error('InvalidAccessKeyId', 'no'), 'InvalidAccessKeyId'],
    [403, '<Error><Code> Spaced </Code></Error>', 'Spaced'],
    [400, '<Error><Code></Code></Error>', 'HTTP 400'],
    [400, 'words', 'HTTP 400'],
    [403, error('AccessDenied', 'no'), 'AccessDenied'],
    [403, error('Other', 'has expired'), 'Other'],
  ])('with HTTP %i and %j is not repeated, and named %j', async (status, body, code) => {
    const { send, forms } = await storing([status, body])
    const outcome = await send().then(
      () => null,
      (reason: ProviderError) => reason,
    )
    expect(outcome?.failure.text ?? null).toEqual(
      code && { key: 'failure.upload_refused', values: { name: 'Clip ☀.MP4', code } },
    )
    if (outcome) expect(outcome.sent).toBe('refused')
    expect(forms).toHaveLength(1)
  })

  test('is repeated with a new policy if the policy has expired', async () => {
    const { send, state } = await storing([403, error('AccessDenied', 'Policy expired.')], [200])
    expect(await send()).toContain('n2.mp4')
    expect(state.policies).toBe(2)
  })

  test('is repeated with a new name and the same policy if the name exists', async () => {
    const { send, state } = await storing([409, error('FileAlreadyExists')], [200])
    expect(await send()).toContain('n2.mp4')
    expect(state.policies).toBe(1)
  })

  test('that may pass is the usual failure after a few attempts', async () => {
    const { send, forms } = await storing([503, error('ServiceUnavailable')])
    expect((await failing(send())).failure.text.key).toBe('failure.temporary_service')
    expect(forms).toHaveLength(4)
  })
})

test('a storage that cannot be reached is named', async () => {
  const { send, policy } = await storing([200])
  policy.upload_host = 'http://127.0.0.1:9'
  expect((await failing(send())).failure.text.values).toMatchObject({ host: '127.0.0.1:9' })
})
