import { describe, expect, it } from 'vitest'
import { type BucketTest, bucketSettings } from '../../../preload/contract'
import {
  asksKeysOnly,
  type BucketField,
  type BucketForm,
  changeOf,
  formOf,
  hostOf,
  problemsOf,
  stepsOf,
} from '../../../renderer/features/settings/bucket-form'

const stored = { accessKey: 'stored', secretKey: 'stored' } as const
const fine: BucketForm = { ...formOf(null), bucket: 'clips' }

describe('the form of a bucket', () => {
  it.each<[string, Partial<BucketForm>, BucketField[]]>([
    ['the defaults', {}, []],
    ['no bucket', { bucket: ' ' }, ['bucket']],
    ['a path for a bucket', { bucket: 'a/b' }, ['bucket']],
    ['an endpoint without https', { endpoint: 'minio:9000' }, ['endpoint']],
    ['an endpoint of another kind', { endpoint: 'ftp://h.example' }, ['endpoint']],
    ['an endpoint', { endpoint: ' https://minio.h.example:9000 ' }, []],
    ['no region', { region: '' }, ['region']],
    ['a folder with spaces', { prefix: 'my clips/' }, ['prefix']],
    ['no folder', { prefix: '' }, []],
  ])('with %s has problems %j', (_, change, wrong) => {
    const form = { ...fine, ...change }
    expect(problemsOf(form, stored)).toEqual(wrong)
    // Main refuses exactly the same values.
    expect(bucketSettings.safeParse(changeOf(form).settings).success).toBe(wrong.length === 0)
  })

  it('requires keys that are not set anywhere', () => {
    expect(problemsOf(fine, { accessKey: 'none', secretKey: 'none' })).toEqual([
      'accessKey',
      'secretKey',
    ])
    expect(problemsOf(fine, { accessKey: 'environment', secretKey: 'stored' })).toEqual([])
    const typed = { ...fine, accessKey: 'id', secretKey: 'secret' }
    expect(problemsOf(typed, { accessKey: 'none', secretKey: 'none' })).toEqual([])
  })

  it('leaves out a key that was not typed, so that the stored key stays', () => {
    expect(changeOf(fine)).not.toHaveProperty('secretAccessKey')
    expect(changeOf({ ...fine, secretKey: ' s ' })).toMatchObject({ secretAccessKey: 's' })
  })

  it('requires only keys if the environment sets the bucket', () => {
    const none = { accessKey: 'none', secretKey: 'none' } as const
    const named = { settings: null, environment: ['RESHOOT_S3_BUCKET'] }
    expect(asksKeysOnly(named)).toBe(true)
    expect(asksKeysOnly({ settings: null, environment: ['RESHOOT_S3_REGION'] })).toBe(false)
    expect(asksKeysOnly({ ...named, settings: bucketSettings.parse({ bucket: 'clips' }) })).toBe(
      false,
    )
    const typed = { ...formOf(null), accessKey: 'id', secretKey: 'secret' }
    expect(problemsOf(formOf(null), none, true)).toEqual(['accessKey', 'secretKey'])
    expect(problemsOf(typed, none, true)).toEqual([])
    expect(changeOf(typed, true)).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' })
  })

  it('is the same after saving, without keys', () => {
    const settings = bucketSettings.parse({ bucket: 'clips', pathStyle: true, prefix: '' })
    expect(changeOf(formOf(settings)).settings).toEqual(settings)
    expect(formOf(settings)).toMatchObject({ accessKey: '', secretKey: '' })
  })
})

it.each([
  [{ bucket: 'clips', region: 'eu-1' }, 's3.eu-1.amazonaws.com'],
  [{ bucket: 'clips', endpoint: 'https://minio.h.example:9000/x' }, 'minio.h.example:9000'],
])('%j is at %s', (settings, host) => {
  expect(hostOf(bucketSettings.parse(settings))).toBe(host)
})

it.each<[string, BucketTest, string[]]>([
  ['all went well', { ok: true, isPrivate: false }, ['pass', 'pass', 'pass']],
  ...(['write', 'read', 'delete'] as const).map((step, index): [string, BucketTest, string[]] => [
    `${step} failed`,
    {
      ok: false,
      step,
      failure: { kind: 'auth', text: { key: 'x', values: {} }, action: 'none', provider: null },
    },
    ['pass', 'pass', 'pass'].map((pass, at) =>
      at < index ? pass : at === index ? 'fail' : 'skipped',
    ),
  ]),
])('a test where %s', (_, test, outcomes) => {
  expect(stepsOf(test).map(({ outcome }) => outcome)).toEqual(outcomes)
})
