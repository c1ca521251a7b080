import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../../main/clock'
import { resolveHome } from '../../main/home'
import { parseSidecar } from '../../main/library/sidecar'
import { openServices, type Services } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { endedWithoutResult, type Job } from '../../preload/contract'
import { hasteClock } from '../support/jobs-home'
import { makeClip } from '../support/make-media'
import { type Random, randomFrom } from '../support/random'
import { createSoakKills, type When } from '../support/soak-kills'
import { type SoakServices, soakProviders, startSoakServices } from '../support/soak-services'
import { soakSteps } from '../support/soak-steps'
import { temporaryFolder } from '../support/temporary-folder'

/**
 * Kills the window and the command line while they work on jobs of four services that answer badly, at random moments
 * and at named steps of a job's life. Then it looks for what was lost, paid twice, or left behind.
 * `npm run soak -- kills seed` runs it for longer.
 */
const kills = Number(process.env['SOAK_KILLS'] ?? 5)
const seed = Number(process.env['SOAK_SEED'] ?? 20_261_121)

const hour = 3_600_000

it(`survives ${kills} kills with nothing lost and nothing paid twice`, async () => {
  const random = randomFrom(seed)
  const folder = temporaryFolder()
  const services = await startSoakServices(random)
  const env = { RESHOOT_HOME: path.join(folder, 'home'), ...services.env }
  const home = resolveHome({ env })
  const open = (clock = systemClock): Promise<Services> =>
    openServices({ home, env, secretBox: plainSecretBox, clock })
  const { clips, still } = await makeFiles(folder)
  const kill = createSoakKills({ home: home.folder, clips, still, services, random, open })

  const counts = await killAll(kill, random)
  const broken = services.violations()
  await finish(services, open)
  const opened = await open()
  onTestFinished(() => opened.close())
  const jobs = opened.jobs.list()
  const entries = opened.library.list({ words: '', providers: [] })
  // One that was killed before it was recorded was not promised to anybody.
  const requests = kill
    .submitted()
    .filter(({ prompt }) => jobs.some((job) => job.prompt === prompt))

  // A later start removes what kills leave half-written, and in the bucket, once it is surely of no use.
  const later = await open(hasteClock(49 * hour))
  expect(later.catalog.list()).toHaveLength(clips.length)
  await expect.poll(() => temporaryFilesIn(home.folder)).toEqual([])
  await expect.poll(services.inBucket).toEqual([])
  await later.close()

  const library = opened.library.folder()
  const names = readdirSync(library)
  const isWhole = (name: string) =>
    name.endsWith('.mp4')
      ? readFileSync(path.join(library, name)).equals(services.result)
      : parseSidecar(readFileSync(path.join(library, name), 'utf8')) !== null
  expect({
    'results lost': requests.filter(
      ({ prompt }) => entries.filter((entry) => entry.prompt === prompt).length !== 1,
    ),
    'tasks created twice': requests.filter(
      ({ provider, prompt }) => services.tasksOf(provider, prompt).length > 1,
    ),
    'jobs stuck': jobs.filter((job) => job.state !== 'saved' && !isRetried(job, jobs)),
    'files half-written': names.filter((name) => !isWhole(name)),
    'drafts lost': kill.draftsLost(opened),
    // `finish` hurries time, but not the services.
    'broken requests': [...broken, ...services.violations().slice(broken.length)].filter(
      (what, index) => index < broken.length || !what.startsWith('asked again'),
    ),
  }).toEqual({
    'results lost': [],
    'tasks created twice': [],
    'jobs stuck': [],
    'files half-written': [],
    'drafts lost': [],
    'broken requests': [],
  })
  // A result and its sidecar for each entry, and nothing else.
  expect(names).toHaveLength(entries.length * 2)
  using database = new DatabaseSync(home.database, { readOnly: true })
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  report(counts, { jobs: jobs.length, results: entries.length })
})

/**
 * A quarter of the kills are of the window, and half of each at steps. Gives how often each was reached; a step that no
 * job reached in time comes again.
 */
const killAll = async (
  kill: Pick<ReturnType<typeof createSoakKills>, 'command' | 'window'>,
  random: Random,
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  // In the order of a job's life, the jobs of earlier kills are soon at the next step.
  const steps = { command: [...soakSteps], window: shuffled(soakSteps, random) }
  const killOnce = async (what: 'command' | 'window', when: When): Promise<boolean> => {
    const name = `${what}, ${when === 'any moment' ? when : when.name}`
    const start = performance.now()
    const isKilled = await kill[what](when)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    if (isKilled) counts.set(name, (counts.get(name) ?? 0) + 1)
    console.log(`${seconds.padStart(5)} s  ${name}${isKilled ? '' : ': not reached'}`)
    return isKilled
  }
  for (let done = 0, missed = 0; done < kills; ) {
    const windows = Math.floor((done + 1) / 4)
    const what = done % 4 === 3 ? 'window' : 'command'
    const turn = what === 'window' ? windows : done - windows
    const step = turn % 2 === 0 ? steps[what].shift() : undefined
    if (step) steps[what].push(step)
    if (await killOnce(what, step ?? 'any moment')) done++
    else if (++missed > kills) throw new Error('Most steps are not reached')
  }
  return counts
}

const shuffled = <T>(values: readonly T[], random: Random): T[] =>
  values
    .map((value) => ({ value, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value)

/** A person finishes: waits, and settles what the services leave open by looking into their consoles. */
const finish = async (
  services: SoakServices,
  open: (clock: Clock) => Promise<Services>,
): Promise<void> => {
  const opened = await open(hasteClock())
  const { jobs } = opened
  const settle = async (job: Job): Promise<void> => {
    const provider = soakProviders.find((id) => id === job.provider)
    if (job.state === 'uncertain' && provider) {
      const [taskId] = services.tasksOf(provider, job.prompt)
      await jobs.resolve(
        job.id,
        taskId === undefined ? { kind: 'never-arrived' } : { kind: 'arrived', taskId },
      )
    } else if (endedWithoutResult(job.state)) await jobs.retry(job.id)
  }
  for (let round = 0; round < 12; round++) {
    jobs.tryHeld()
    await jobs.drain()
    const all = jobs.list()
    const left = all.filter((job) => job.state !== 'saved' && !isRetried(job, all))
    if (left.length === 0) break
    for (const job of left) await settle(job)
  }
  await opened.close()
}

const isRetried = (job: Job, jobs: readonly Job[]): boolean =>
  jobs.some((other) => other.setId === job.setId && other.createdAt > job.createdAt)

const makeFiles = async (folder: string) => {
  const clips = ['beach', 'street', 'train'].map((name) => path.join(folder, `${name}.mp4`))
  for (const clip of clips) copyFileSync(await makeClip({ seconds: 4, sound: 'tone' }), clip)
  const still = path.join(folder, 'still.png')
  const { default: sharp } = await import('sharp')
  const create = { width: 320, height: 320, channels: 3, background: '#4080c0' } as const
  await sharp({ create }).png().toFile(still)
  return { clips, still }
}

/** Temporary files below a folder, without those of Chromium and the Sandbox. */
const temporaryFilesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.part\b|\.tmp$/.test(name) && !/^(session|sandbox)/.test(name),
  )

const report = (counts: ReadonlyMap<string, number>, totals: Record<string, number>): void => {
  const steps = [{ name: 'any moment' }, ...soakSteps].map(({ name }) => {
    const of = (what: string) => counts.get(`${what}, ${name}`) ?? 0
    return [name, of('command'), of('window')] as const
  })
  const sum = (column: 1 | 2) => steps.reduce((total, row) => total + row[column], 0)
  const row = (name: string, ...numbers: number[]) =>
    name.padEnd(46) + numbers.map((number) => String(number).padStart(9)).join('')
  const lines = [
    `soak: ${kills} kills, seed ${seed}`,
    `${''.padEnd(46)}  command   window`,
    ...steps.map((each) => row(...each)),
    row('all', sum(1), sum(2)),
    ...Object.entries(totals).map(([name, count]) => row(name, count)),
  ]
  console.log(lines.join('\n'))
}
