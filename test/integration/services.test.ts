import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { resolveHome } from '../../main/home'
import { openServices, type Services } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import type { Job, MediaItem } from '../../preload/contract'
import { startCli } from '../support/cli-process'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { temporaryFolder } from '../support/temporary-folder'
import { testPath } from '../support/test-tools'

const open = async (folder: string, env: NodeJS.ProcessEnv = {}): Promise<Services> => {
  const services = await openServices({
    home: resolveHome({ env: {}, home: folder }),
    env: { PATH: testPath, RESHOOT_SANDBOX_SPEED: '20', ...env },
    secretBox: plainSecretBox,
  })
  onTestFinished(() => services.close())
  return services
}

const until = async (services: Services, id: string, states: Job['state'][]): Promise<Job> => {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const look = (job: Job | null) => {
    if (job?.id === id && states.includes(job.state)) resolve(job)
  }
  services.jobs.onChange(look)
  look(services.jobs.get(id))
  return await promise
}

const addChecked = async (services: Services, ...paths: string[]): Promise<MediaItem[]> => {
  const items = await services.catalog.add(paths)
  return await Promise.all(items.map(({ id }) => services.catalog.whenChecked(id)))
}

const pathOfUrl = (services: Services, url: string | null): string | null => {
  const [, kind, id] = /^reshoot-media:\/\/([\w-]+)\/([\w.-]+)\?v=/.exec(url ?? '') ?? []
  return kind && id ? services.mediaPath(kind, id) : null
}

describe('an edit from the draft to the library', () => {
  it('is trimmed, submitted, saved and turned into a draft again', async () => {
    const folder = temporaryFolder()
    const services = await open(folder)
    services.jobs.start()
    const [clip, image] = await addChecked(
      services,
      await makeClip({ seconds: 12 }),
      await makeImage(),
    )
    if (!clip || !image) throw new Error('two items expected')
    const before = services.drafts.ofClip(clip.id)
    const source = { ...before.source, imageIds: [image.id] }
    const draft = { ...before, prompt: 'black and white', source }
    expect(draft.provider).toBe('sandbox')
    expect(() => services.drafts.toSpec(draft)).toThrow(
      expect.objectContaining({ name: 'EditError' }),
    )
    const trimmed = { ...draft, source: { ...source, selection: { start: 2, end: 7 } } }
    services.drafts.save(trimmed)
    const submitted = services.jobs.submit(services.drafts.toSpec(trimmed))
    const saved = await until(services, submitted.id, ['saved', 'failed'])
    expect(saved).toMatchObject({
      state: 'saved',
      name: clip.name,
      files: [
        { role: 'clip', mediaId: clip.id },
        { role: 'reference-image', name: image.name },
      ],
    })

    const entry = services.library.get(saved.libraryId ?? '')
    expect(entry).toMatchObject({
      duration: expect.closeTo(5, 1),
      files: [{ selection: { start: 2, end: 7 } }, { role: 'reference-image' }],
    })
    for (const url of [
      entry?.urls.video,
      entry?.urls.poster,
      entry?.urls.before,
      saved.posterUrl,
    ]) {
      const file = pathOfUrl(services, url ?? null)
      expect(file && existsSync(file), url ?? 'no url').toBe(true)
    }
    const sent = await services.media.inspect(pathOfUrl(services, entry?.urls.before ?? null) ?? '')
    expect(sent).toMatchObject({ kind: 'video', duration: expect.closeTo(5, 2) })

    services.catalog.remove([clip.id])
    services.drafts.save({ ...trimmed, prompt: 'something else' })
    const spec = services.library.specOf(entry?.id ?? '')
    if (!spec) throw new Error('a spec expected')
    const neverAsked = () => Promise.reject(new Error('the person added these files'))
    const again = await services.drafts.fromSpec(spec, neverAsked)
    expect(again).toMatchObject({
      id: draft.id,
      source: { clipId: clip.id, imageIds: [image.id], selection: { start: 2, end: 7 } },
      prompt: 'black and white',
    })
    expect(services.catalog.list().map(({ id }) => id)).toContain(clip.id)
    expect(services.drafts.ofClip(clip.id).prompt).toBe('something else')
  })

  it('keeps a long prompt over a restart', async () => {
    const folder = temporaryFolder()
    const services = await open(folder)
    services.settings.set({ defaults: { ...services.settings.get().defaults, quality: '1080p' } })
    expect(services.drafts.ofClip('clip').options.quality).toBe('1080p')
    services.drafts.save({ ...services.drafts.ofClip('clip'), prompt: '雪'.repeat(6000) })
    expect(services.drafts.list()).toHaveLength(1)
    await services.close()
    expect((await open(folder)).drafts.ofClip('clip').prompt).toHaveLength(6000)
  })
})

describe('the services', () => {
  it('give no file for unknown ids', async () => {
    const services = await open(temporaryFolder())
    for (const kind of [
      'clip',
      'proxy',
      'poster',
      'filmstrip',
      'prepared',
      'result',
      'result-poster',
      'before',
      'job-poster',
      'nonsense',
      'constructor',
    ])
      for (const id of ['x', '..', '../../etc/passwd', '../reshoot.db', 'reshoot.db'])
        expect(services.mediaPath(kind, id), `${kind}/${id}`).toBeNull()
  })

  it('give earlier notices to the first listener, once', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'settings.json'), '{')
    writeFileSync(
      path.join(folder, 'reshoot.db'),
      'this is no database, but long enough to be looked at'.repeat(100),
    )
    const services = await open(folder)
    services.settings.get()
    const heard: string[] = []
    services.onNotice(({ text }) => heard.push(text.key))
    expect(heard.toSorted()).toEqual(['notice.database_set_aside', 'notice.settings_set_aside'])
    services.onNotice(({ text }) => heard.push(text.key))
    expect(heard).toHaveLength(2)
  })

  it('change the default provider and notify when a key is added or removed', async () => {
    const services = await open(temporaryFolder())
    const heard: string[] = []
    services.settings.onChange(({ provider }) => heard.push(provider))
    services.keys.set('dashscope', 'sk-1')
    services.keys.clear('dashscope')
    expect(heard).toEqual(['dashscope', 'sandbox'])
  })

  it('can be closed twice', async () => {
    const services = await open(temporaryFolder())
    await Promise.all([services.close(), services.close()])
  })
})

describe('window and command line on the same home', () => {
  it('see each other’s jobs, and submit each once', async () => {
    const folder = temporaryFolder()
    const server = await startDashScopeServer({ words: ['PENDING'] })
    onTestFinished(() => server.stop())
    const env = { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url }
    const window = await open(folder, env)
    window.jobs.start()
    const cli = await startCli(['edit', await makeClip(), '--prompt', 'x', '--no-wait', '--json'], {
      env: { ...env, RESHOOT_HOME: folder },
    })
    expect(await cli.ended).toBe(0)
    const { id } = JSON.parse(cli.stdout())
    expect(await until(window, id, ['pending'])).toMatchObject({ prompt: 'x' })
    const cancel = await startCli(['cancel', id], { env: { ...env, RESHOOT_HOME: folder } })
    expect(await cancel.ended).toBe(0)
    await until(window, id, ['cancelled'])
    expect(server.calls).toMatchObject({ create: 1, cancel: 1 })
    expect(server.violations).toEqual([])
  })
})
