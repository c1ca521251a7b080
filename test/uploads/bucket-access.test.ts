import { describe, expect, test } from 'vitest'
import {
  type BucketSources,
  bucketState,
  bucketVariablesSet,
  usesPathStyle,
} from '../../main/uploads/bucket-access'
import { bucketSettings } from '../../preload/contract'

const none: BucketSources = {
  env: {},
  settings: null,
  keys: { accessKeyId: null, secretAccessKey: null },
}
const env = {
  RESHOOT_S3_ENDPOINT: 'https://minio.h.example:9000',
  RESHOOT_S3_REGION: 'eu-1',
  RESHOOT_S3_BUCKET: 'clips',
  RESHOOT_S3_ACCESS_KEY: 'id',
  RESHOOT_S3_SECRET_KEY: 'secret',
}
const settings = bucketSettings.parse({ bucket: 'mine', region: 'us-1', prefix: 'x/' })
const keys = { accessKeyId: 'kept', secretAccessKey: 'kept too' }

test('the environment variables that are set are known by name', () => {
  expect(bucketVariablesSet({ RESHOOT_S3_BUCKET: ' ', RESHOOT_S3_REGION: 'eu-1' })).toEqual([
    'RESHOOT_S3_REGION',
  ])
})

describe('the bucket in use', () => {
  test('is none while nothing is set', () => {
    expect(bucketState(none)).toEqual({ kind: 'none' })
    expect(bucketState({ ...none, keys })).toEqual({ kind: 'none' })
  })

  test('can come from the environment alone', () => {
    expect(bucketState({ ...none, env })).toEqual({
      kind: 'ready',
      access: {
        settings: {
          endpoint: 'https://minio.h.example:9000',
          region: 'eu-1',
          bucket: 'clips',
          prefix: 'reshoot/',
          pathStyle: null,
        },
        accessKeyId: 'id',
        secretAccessKey: 'secret',
      },
    })
  })

  test('is the stored one, with values of the environment in place of its own', () => {
    expect(bucketState({ ...none, settings, keys })).toMatchObject({
      kind: 'ready',
      access: { settings, accessKeyId: 'kept' },
    })
    expect(bucketState({ env: { RESHOOT_S3_BUCKET: 'other' }, settings, keys })).toMatchObject({
      access: { settings: { bucket: 'other', region: 'us-1', prefix: 'x/' } },
    })
  })

  test.each([
    [{ ...none, settings }, ['access key', 'secret key']],
    [{ ...none, settings, keys: { ...keys, secretAccessKey: null } }, ['secret key']],
    [{ ...none, env: { RESHOOT_S3_ENDPOINT: 'https://h.example' } }, ['RESHOOT_S3_BUCKET']],
    [{ ...none, env: { ...env, RESHOOT_S3_ENDPOINT: 'minio:9000' } }, ['endpoint']],
    [{ ...none, env: { ...env, RESHOOT_S3_BUCKET: 'a/b' } }, ['bucket']],
  ])('%j lacks %j', (sources, missing) => {
    expect(bucketState(sources)).toEqual({ kind: 'incomplete', missing })
  })
})

test.each([
  [null, null, false],
  ['https://s3.eu-west-1.amazonaws.com', null, false],
  ['https://oss-cn-beijing.aliyuncs.com', null, false],
  ['https://abc.r2.cloudflarestorage.com', null, true],
  ['https://notaliyuncs.com', null, true],
  ['http://127.0.0.1:9000', null, true],
  ['http://127.0.0.1:9000', false, false],
  ['https://s3.eu-west-1.amazonaws.com', true, true],
])('%s (set: %j) expects the name in the path: %j', (endpoint, pathStyle, expected) => {
  expect(usesPathStyle(bucketSettings.parse({ endpoint, bucket: 'clips', pathStyle }))).toBe(
    expected,
  )
})
