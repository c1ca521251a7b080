import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { compose as composeRequest } from '../../../main/cli/commands/compose'
import { speaker } from '../../../main/cli/words/words'
import { resolveHome } from '../../../main/home'
import { openServices } from '../../../main/services/services'
import { plainSecretBox } from '../../../main/settings/plain-secret-box'
import { type ProviderId, providerId, providerRows } from '../../../preload/contract'
import { makeClip } from '../../support/make-media'
import { makeImage } from '../../support/make-media-images'
import { temporaryFolder } from '../../support/temporary-folder'

const keys = Object.fromEntries(
  Object.values(providerRows).flatMap(({ keyVariable }) =>
    keyVariable ? [[keyVariable, 'sk-1']] : [],
  ),
)
const bucket = {
  RESHOOT_S3_ENDPOINT: 'http://127.0.0.1:9',
  RESHOOT_S3_BUCKET: 'mine',
  RESHOOT_S3_ACCESS_KEY: 'a',
  RESHOOT_S3_SECRET_KEY: 'b',
}

const open = async () => {
  const env = { ...keys, ...bucket }
  const home = resolveHome({ env, home: temporaryFolder() })
  const services = await openServices({ home, env, secretBox: plainSecretBox })
  onTestFinished(() => services.close())
  return services
}

const stream = () => new PassThrough()

const compose = async (provider: ProviderId, given: { promptExtend?: boolean } = {}) => {
  const services = await open()
  const options = {
    mode: 'edit' as const,
    files: [
      { role: 'clip' as const, path: await makeClip() },
      { role: 'reference-image' as const, path: await makeImage() },
    ],
    prompt: 'snow',
    negative: '',
    provider,
    quality: '720p' as const,
    ratio: null,
    cut: 0,
    keepAudio: false,
    seed: null,
    watermark: false,
    promptExtend: given.promptExtend ?? null,
    callback: null,
    duration: null,
  }
  const { signal } = new AbortController()
  const context = { env: {}, cwd: '/', stdout: stream(), stderr: stream(), signal }
  const spec = await composeRequest(options, services, context, () => {}, speaker('en'))
  return { services, options, spec }
}

it.each(providerId.options)('the defaults of %s are those of a draft in the window', async (id) => {
  const { services, options, spec } = await compose(id)
  services.settings.set({ provider: id })
  const [clip] = await services.catalog.add([options.files[0]?.path ?? ''])
  const draft = services.drafts.ofClip(clip?.id ?? '')
  expect(draft.provider).toBe(id)
  expect(spec.options).toEqual(draft.options)
})

it.each([true, false])('EvoLink rewrites the prompt as asked: %s', async (promptExtend) => {
  const { spec } = await compose('evolink', { promptExtend })
  expect(spec.options.promptExtend).toBe(promptExtend)
})
