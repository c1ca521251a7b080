import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { resolveHome } from '../../main/home'
import { openServices } from '../../main/services/services'
import { createToolStates } from '../../main/services/tool-states'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { makeClip } from '../support/make-media'
import { failing, pretender } from '../support/pretender'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const open = async (folder: string, PATH: string, shown?: Promise<unknown>) => {
  const services = await openServices({
    home: resolveHome({ env: {}, home: folder }),
    env: { PATH },
    secretBox: plainSecretBox,
    ...(shown ? { shown } : {}),
  })
  onTestFinished(() => services.close())
  return { ...services, stateOf: createToolStates(services) }
}

/** A pretender that notes its runs. */
const noted = () => {
  const file = join(temporaryFolder(), 'runs')
  const { folder, path } = pretender(`echo "$*" >> '${file}'`)
  const runs = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])
  return { folder, path, runs }
}

const cut = { selection: { start: 0.5, end: 2.5 }, remedies: [], background: '#000000' }

describe.skipIf(process.platform === 'win32')('a newer ffmpeg on PATH', () => {
  test('is used for what is made, and Settings say so', async () => {
    const { folder, path } = noted()
    const { media, stateOf } = await open(temporaryFolder(), folder)
    const clip = await makeClip()
    const facts = await media.inspect(clip)
    const output = join(temporaryFolder(), 'out.mp4')
    const { command } = await media.prepare({ path: clip, facts, ...cut }, output)
    expect(command).toContain(path)
    const state = { path, origin: 'found', version: '99.0', problem: null }
    expect(await stateOf('ffmpeg')).toMatchObject(state)
    expect(await stateOf('ffprobe')).toMatchObject({ origin: 'bundled', passedOver: [] })
  })

  test('is tested once, and not at all for facts', async () => {
    const { folder, runs } = noted()
    const home = temporaryFolder()
    const first = await open(home, folder)
    await first.media.inspect(await makeClip())
    first.media.stamp()
    expect(runs()).toEqual([])
    await first.stateOf('ffmpeg')
    const tested = runs().length
    expect(tested).toBeGreaterThan(0)
    const second = await open(home, folder)
    await second.stateOf('ffmpeg')
    expect(runs()).toHaveLength(tested)
    // Facts know it at once, so that they are not measured again at every start.
    expect((await open(home, folder)).media.stamp()).toBe(first.media.stamp())
  })

  test('is not tried before the window has shown', async () => {
    const { folder, runs, path } = noted()
    const { promise, resolve } = Promise.withResolvers<void>()
    const { ffmpegs: waiting } = await open(temporaryFolder(), folder, promise)
    const searching = waiting.search()
    const { ffmpegs: other } = await open(temporaryFolder(), folder)
    await other.search()
    const tested = runs().length
    resolve()
    expect((await searching).found?.path).toBe(path)
    expect(runs()).toHaveLength(2 * tested)
  })

  test('that fails is told with its reason, and not used', async () => {
    const { folder, path } = pretender(failing('no path between colorspaces', 'testsrc'))
    const { stateOf } = await open(temporaryFolder(), folder)
    const state = await stateOf('ffmpeg')
    const reason = { version: '99.0', why: 'failed', detail: 'no path between colorspaces' }
    expect(state.passedOver).toContainEqual({ path, ...reason })
    expect(state.path).not.toBe(path)
    expect(state.problem).toBeNull()
  })

  test('gives way to the choice of a person', async () => {
    const { folder, runs } = noted()
    const chosen = pretender().path
    const { media, settings, stateOf } = await open(temporaryFolder(), folder)
    settings.set({ ffmpegPath: chosen })
    expect(await stateOf('ffmpeg')).toMatchObject({ path: chosen, origin: 'chosen' })
    const clip = await makeClip()
    const facts = await media.inspect(clip)
    const output = join(temporaryFolder(), 'out.mp4')
    expect((await media.prepare({ path: clip, facts, ...cut }, output)).command).toContain(chosen)
    expect(runs()).toEqual([])
  })

  test('is used by `prepare`, and not tried by `check`', async () => {
    const { folder, path, runs } = noted()
    const env = { PATH: folder, RESHOOT_HOME: join(temporaryFolder(), 'home') }
    // ffmpeg is asked whether it decodes AV1.
    const clip = await makeClip({ codec: 'av1', rate: 5, seconds: 3 })
    expect((await runInProcess(['check', clip], { env })).stdout).toContain(clip)
    expect(runs()).toEqual([])
    const out = join(temporaryFolder(), 'out.mp4')
    const options = ['-o', out, '--start', '0.5', '--duration', '2', '--json']
    const made = await runInProcess(['prepare', clip, ...options], { env })
    expect(made.code).toBe(0)
    expect(made.stdout).toContain(path)
    // These commands make no home.
    expect(existsSync(env.RESHOOT_HOME)).toBe(false)
  })
})
