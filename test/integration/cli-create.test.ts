import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { fileSetProblem, type ProviderId, providerRows } from '../../preload/contract'
import { startDashScopeServer } from '../support/dashscope-server'
import { cachedFile, ffmpeg, makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { startS3Server } from '../support/s3-server'
import { bucketEnv, strictServices } from '../support/strict-services'
import { temporaryFolder } from '../support/temporary-folder'

const saved = z.object({
  state: z.literal('saved'),
  path: z.string(),
  mode: z.string(),
  setId: z.string(),
  files: z.array(z.object({ role: z.string() })),
  options: z.object({ seed: z.number(), duration: z.number() }),
})

const makeSound = (extension: 'wav' | 'mp3'): Promise<string> =>
  cachedFile({ sound: extension }, `sound.${extension}`, (file) =>
    ffmpeg('-f', 'lavfi', '-i', 'sine=frequency=300:duration=4', '-ar', '44100', file),
  )

/** One way of each mode, its files with their options. */
const ways: [string, string, () => Promise<string[]>, string[]][] = [
  ['words', 'text', async () => [], []],
  ['words and a sound', 'text', async () => ['--sound', await makeSound('wav')], ['sound']],
  ['an image', 'image', async () => ['--first-frame', await makeImage()], ['first-frame']],
  [
    'two frames and a sound',
    'image',
    async () => [
      ...['--first-frame', await makeImage(), '--last-frame', await makeImage({ width: 640 })],
      ...['--sound', await makeSound('mp3')],
    ],
    ['first-frame', 'last-frame', 'sound'],
  ],
  ['a clip', 'image', async () => ['--clip', await makeClip({ seconds: 4 })], ['clip']],
  [
    'references with a voice',
    'references',
    async () => [
      ...['--reference', await makeImage(), '--reference', await makeClip({ seconds: 3 })],
      ...['--voice', `1=${await makeSound('mp3')}`],
    ],
    ['reference-image', 'reference-video', 'voice'],
  ],
]

/** Whether a service takes the files of a way. */
const isTaken = (id: ProviderId, mode: string, roles: readonly string[]) =>
  fileSetProblem(
    providerRows[id],
    mode as 'text',
    roles.map((role) => ({ role: role as 'sound', of: 1 })),
  ) === null

describe('reshoot create', () => {
  // All ways at once: services are asked about a task only after seconds.
  it.each(strictServices)(
    '%s makes a video in every mode, without one violation',
    async (id, start) => {
      const result = readFileSync(await makeClip({ seconds: 3 }))
      const [server, s3] = await Promise.all([start(result), startS3Server()])
      onTestFinished(() => server.stop())
      const create = async (files: string[]) => {
        const env = { RESHOOT_HOME: temporaryFolder(), ...server.env, ...bucketEnv(s3) }
        const argv = ['create', '--prompt', 'a boat at night', ...files, '--json']
        const made = await runInProcess([...argv, '--provider', id, '--duration', '6'], { env })
        const library = await runInProcess(['library', '--json'], { env })
        return { made, entries: library.documents() }
      }
      const all = ways.map(async ([what, mode, files, roles]) => {
        const { made, entries } = await create(await files())
        if (!isTaken(id, mode, roles)) {
          expect([made.code, entries], what).toEqual([1, []])
          expect(made.stderr).toContain('Nothing was submitted.')
          return null
        }
        expect([made.code, made.stderr], what).toEqual([0, expect.any(String)])
        const job = saved.parse(made.documents().at(-1))
        expect(job, what).toMatchObject({ mode, options: { duration: 6 } })
        expect(job.files.map(({ role }) => role)).toEqual(roles)
        expect(readFileSync(job.path).equals(result)).toBe(true)
        expect(path.basename(job.path)).toContain('a boat at night')
        expect(entries).toMatchObject([{ mode, prompt: 'a boat at night' }])
        return mode
      })
      const done = (await Promise.all(all)).filter((mode) => mode !== null)
      expect(new Set(done)).toEqual(new Set(['text', 'image', 'references']))
      expect(server.violations).toEqual([])
      expect(server.calls.create).toBe(done.length)
      expect(s3.keys()).toEqual([])
    },
  )
})

const strictPlace = async () => {
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const server = await startDashScopeServer({ words: ['SUCCEEDED'], result })
  onTestFinished(() => server.stop())
  const env = {
    RESHOOT_HOME: temporaryFolder(),
    RESHOOT_DASHSCOPE_URL: server.url,
    DASHSCOPE_API_KEY: server.key,
  }
  const run = (...argv: string[]) => runInProcess([...argv, '--provider', 'dashscope'], { env })
  return { server, env, run }
}

describe('takes', () => {
  it('are one set of jobs, each with its own seed, and the total is said first', async () => {
    const { server, run } = await strictPlace()
    const made = await run('create', '--prompt', 'a boat', '--takes', '3', '--seed', '7', '--json')
    expect(made.code).toBe(0)
    const jobs = made.documents().map((document) => saved.parse(document))
    expect(jobs.map(({ options }) => options.seed)).toEqual([7, 8, 9])
    expect(new Set(jobs.map(({ setId }) => setId)).size).toBe(1)
    expect(new Set(jobs.map((job) => job.path)).size).toBe(3)
    expect(server.calls.create).toBe(3)
    const seeds = server.bodies.map((body) =>
      z.object({ parameters: z.object({ seed: z.number() }) }).parse(body),
    )
    expect(seeds.map(({ parameters }) => parameters.seed).toSorted()).toEqual([7, 8, 9])
    expect(made.stderr).toContain('Estimated cost with DashScope Singapore: 1.5 USD')
    expect(made.stderr).toContain('3 takes, 0.5 USD each')
    expect(server.violations).toEqual([])
  })

  it('of an edit have seeds that are recorded, also when none was chosen', async () => {
    const { server, run } = await strictPlace()
    const made = await run(
      'edit',
      await makeClip({ seconds: 4 }),
      '--prompt',
      'snow',
      '--takes',
      '2',
      '--json',
    )
    expect(made.code).toBe(0)
    const chosen = z.object({ options: z.object({ seed: z.number() }) })
    const [one, two] = made.documents().map((document) => chosen.parse(document).options.seed)
    expect(two).toBe((one ?? 0) + 1)
    expect(server.calls.create).toBe(2)
  })

  it('count together for the spending limit', async () => {
    const { server, run } = await strictPlace()
    // 8 × 15 s at 0.1 USD are 12 USD; one of them is within the limit of 5 USD.
    const argv = ['create', '--prompt', 'a boat', '--duration', '15', '--no-wait']
    const refused = await run(...argv, '--takes', '8')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('This may cost 12 USD, more than the limit of 5 USD')
    expect(server.calls.create).toBe(0)
    expect((await run(...argv)).code).toBe(0)
    expect(server.calls.create).toBe(1)
  })

  it('are at most eight', async () => {
    const { run } = await strictPlace()
    expect(await run('create', '--prompt', 'a', '--takes', '9')).toMatchObject({ code: 2 })
  })
})

describe('what create refuses before anything is sent', () => {
  it.each<[string, string[], number, RegExp]>([
    ['words without a prompt', [], 2, /--prompt <text>' is needed/],
    ['a voice without a number', ['--prompt', 'a', '--voice', 'v.mp3'], 2, /such as 2=voice\.mp3/],
    ['a length of 16 s', ['--prompt', 'a', '--duration', '16'], 2, /from 2 to 15/],
  ])('%s', async (_, argv, code, says) => {
    const { server, run } = await strictPlace()
    const refused = await run('create', ...argv)
    expect(refused.code).toBe(code)
    expect(refused.stderr).toMatch(says)
    expect(server.calls.create).toBe(0)
  })

  it('a result that is shorter than the clip that it continues', async () => {
    const { server, run } = await strictPlace()
    const clip = await makeClip({ seconds: 8 })
    const refused = await run('create', '--clip', clip, '--duration', '5')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/5 s long with the clip that it continues, but the clip is 8 s/)
    expect(server.calls).toMatchObject({ create: 0, upload: 0 })
  })

  it('more than 10 s with a reference video, and a voice of nobody', async () => {
    const { server, run } = await strictPlace()
    const video = await makeClip({ seconds: 3 })
    const argv = ['create', '--prompt', 'Video 1 dances', '--reference', video]
    const long = await run(...argv, '--duration', '11')
    expect([long.code, long.stderr]).toEqual([1, expect.stringMatching(/from 2 to 10/)])
    const nobody = await run(...argv, '--voice', `2=${await makeSound('wav')}`)
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      expect.stringContaining('A voice is for reference 2, but the number of references is 1'),
    ])
    expect(server.calls.create).toBe(0)
  })

  it('a mode that the provider does not offer, with those that do', async () => {
    const env = { RESHOOT_HOME: temporaryFolder() }
    const missing = Object.values(providerRows).find(({ modes }) => !('text' in modes))
    if (!missing) return
    const run = await runInProcess(['create', '--prompt', 'a', '--provider', missing.id], { env })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('dashscope, dashscope-cn, evolink, apiyi, aivideoapi')
  })
})
