import { describe, expect, onTestFinished, test } from 'vitest'
import { resolveHome } from '../../main/home'
import { openServices, type Services } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { createDispatch } from '../../main/shell/dispatch'
import type { HandlerContext } from '../../main/shell/handlers/context'
import { draftHandlers, jobHandlers } from '../../main/shell/handlers/jobs'
import { bucketHandlers, providerHandlers } from '../../main/shell/handlers/providers'
import type { Call } from '../../main/shell/ipc'
import type { Handlers } from '../../preload/contract'
import { accepted } from '../support/app-verbs'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { startS3Server } from '../support/s3-server'
import { evoLink } from '../support/strict-services'
import { temporaryFolder } from '../support/temporary-folder'

/** The handlers of the window with real services; checks outputs as in development. */
const opened = async (env: NodeJS.ProcessEnv = {}) => {
  const services: Services = await openServices({
    home: resolveHome({ env: {}, home: temporaryFolder() }),
    env,
    secretBox: plainSecretBox,
  })
  onTestFinished(() => services.close())
  const context = { services } as HandlerContext
  const handlers = {
    bucket: bucketHandlers(context),
    providers: providerHandlers(context),
    jobs: jobHandlers(context),
    drafts: draftHandlers(context),
  } as unknown as Handlers<Call>
  const log = { warn: () => undefined, error: () => undefined }
  const dispatch = createDispatch(handlers, { log, checkOutputs: true })
  const ask = async (group: string, verb: string, input?: unknown) =>
    accepted(await dispatch(group, verb, input, { sender: null } as unknown as Call))
  return { services, ask }
}

describe('the bucket', () => {
  test('is set, tested and cleared, and its keys never reach the window', async () => {
    const s3 = await startS3Server()
    const { ask } = await opened()
    expect(await ask('bucket', 'get')).toEqual({
      settings: null,
      accessKey: 'none',
      secretKey: 'none',
      environment: [],
      inUse: null,
      isReady: false,
    })
    const { settings, accessKeyId, secretAccessKey } = s3.access
    const set = await ask('bucket', 'set', { settings, accessKeyId, secretAccessKey })
    expect(set).toMatchObject({ settings, secretKey: 'stored', inUse: settings, isReady: true })
    expect(JSON.stringify(set)).not.toContain(secretAccessKey)
    expect(await ask('bucket', 'test')).toMatchObject({ ok: true })
    expect(s3.keys()).toEqual([])
    // A key that is absent stays as it is.
    const moved = { ...settings, prefix: 'elsewhere/' }
    expect(await ask('bucket', 'set', { settings: moved })).toMatchObject({ isReady: true })
    await ask('bucket', 'set', { settings: { ...settings, bucket: 'no-such-bucket' } })
    expect(await ask('bucket', 'test')).toMatchObject({ ok: false, step: 'write' })
    expect(await ask('bucket', 'clear')).toMatchObject({ secretKey: 'none', isReady: false })
  })

  test('from the environment can get its keys from Settings', async () => {
    const { ask } = await opened({ RESHOOT_S3_BUCKET: 'clips' })
    expect(await ask('bucket', 'get')).toMatchObject({ isReady: false })
    const kept = await ask('bucket', 'set', { accessKeyId: 'id', secretAccessKey: 'of-nobody' })
    expect(kept).toMatchObject({ settings: null, inUse: { bucket: 'clips' }, isReady: true })
  })

  test('from the environment is shown without its secret', async () => {
    const { ask } = await opened({
      RESHOOT_S3_BUCKET: 'clips',
      RESHOOT_S3_ACCESS_KEY: 'id-of-nobody',
      RESHOOT_S3_SECRET_KEY: 'secret-of-nobody',
    })
    const view = await ask('bucket', 'get')
    expect(view).toMatchObject({
      environment: ['RESHOOT_S3_BUCKET', 'RESHOOT_S3_ACCESS_KEY', 'RESHOOT_S3_SECRET_KEY'],
      accessKey: 'environment',
      inUse: { bucket: 'clips' },
      isReady: true,
    })
    expect(JSON.stringify(view)).not.toContain('of-nobody')
  })
})

test('gives the balance that the provider reports', async () => {
  const service = await evoLink(Buffer.alloc(0))
  onTestFinished(() => service.stop())
  const { ask } = await opened(service.env)
  const left = await ask('providers', 'balance', { id: 'evolink' })
  expect(left).toEqual({ amount: 100, currency: 'credits', ofKey: true })
  expect(await ask('providers', 'balance', { id: 'sandbox' })).toBeNull()
})

test('tries a key that neither region accepted again after it was entered again or accepted', async () => {
  const [singapore, beijing] = await Promise.all(
    ['of-singapore', 'new'].map((key) => startDashScopeServer({ key })),
  )
  if (!singapore || !beijing) throw new Error('no servers')
  onTestFinished(async () => {
    await Promise.all([singapore.stop(), beijing.stop()])
  })
  const { services, ask } = await opened({
    RESHOOT_DASHSCOPE_URL: singapore.url,
    RESHOOT_DASHSCOPE_CN_URL: beijing.url,
  })
  const key = 'of-tomorrow'
  const regions = () => Object.values(services.settings.get().regions)
  const tried = () => services.keyRegion('dashscope').catch(({ failure }) => failure.text.key)
  await ask('providers', 'setKey', { id: 'dashscope', key })
  expect(await tried()).toBe('failure.auth_region-neither')
  beijing.key = key
  // The refusal is remembered: no region is tried again.
  expect(await tried()).toBe('failure.auth_region-neither')
  await ask('providers', 'setKey', { id: 'dashscope', key })
  expect(await tried()).toBe('dashscope-cn')

  beijing.key = 'another'
  await ask('providers', 'setKey', { id: 'dashscope', key: 'late' })
  expect(await tried()).toBe('failure.auth_region-neither')
  expect(regions()).toContain('neither')
  expect(await ask('providers', 'test', { id: 'dashscope' })).toMatchObject({ ok: false })
  expect(regions()).toContain('neither')
  singapore.key = 'late'
  expect(await ask('providers', 'test', { id: 'dashscope' })).toMatchObject({ ok: true })
  expect(regions()).toEqual(['dashscope-cn'])
})

test('retries a refused edit in the other region with that region’s estimate', async () => {
  const server = await startDashScopeServer({ key: 'right' })
  onTestFinished(() => server.stop())
  const { services, ask } = await opened({
    DASHSCOPE_API_KEY: 'wrong',
    RESHOOT_DASHSCOPE_URL: server.url,
  })
  const [item] = await services.catalog.add([await makeClip({ seconds: 4 })])
  await expect.poll(() => services.catalog.get(item?.id ?? '')?.state).toBe('checked')
  const draft = services.drafts.ofClip(item?.id ?? '')
  const job = services.jobs.submit(
    services.drafts.toSpec({ ...draft, provider: 'dashscope', prompt: 'snow' }),
  )
  expect(job.estimate).toMatchObject({ currency: 'USD', amount: 0.8 })
  services.jobs.start()
  await expect.poll(() => services.jobs.get(job.id)?.failure?.action).toBe('try-region')
  const other = await ask('jobs', 'retry', { id: job.id, provider: 'dashscope-cn' })
  expect(other).toMatchObject({
    provider: 'dashscope-cn',
    prompt: 'snow',
    estimate: { currency: 'CNY', amount: 4.8 },
  })
})
