import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMediaTools } from '../../main/media/create-media-tools'
import {
  checkFile,
  forecast,
  type Purpose,
  predictName,
  preparedExtension,
  remediesOf,
} from '../../main/preflight'
import {
  type Facts,
  type Finding,
  type Fix,
  onlyByChoice,
  pixelsOf,
  type Report,
} from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { makeSound } from '../support/make-sound'
import { fuzzFactor, fuzzSeed, type Random, randomFrom } from '../support/random'
import { randomClip, randomImage, randomSound } from '../support/random-media'
import { testTools } from '../support/test-tools'

const tools = createMediaTools(testTools)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reshoot-fix-all-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const isBroken = ({ level }: Finding) => level === 'warn' || level === 'fail'

/** A random choice among the offered remedies, also of those that "Fix all" leaves to the person. */
const fixFor = (report: Report, random: Random): Fix => {
  const offered = new Set(report.findings.map(({ remedy }) => remedy))
  const chosen = onlyByChoice.filter((remedy) => offered.has(remedy))
  const remedies = [...remediesOf(report), ...chosen].map((remedy) =>
    remedy === 'pad' && random.chance(0.4) ? ('crop' as const) : remedy,
  )
  return {
    remedies: [...new Set(remedies)],
    background: random.pick(['#000000', '#ffffff', '#1188cc']),
    extend: random.pick(['hold', 'slow', 'loop', 'bounce'] as const),
    ...(random.chance(0.5) ? { pad: 'blur' as const } : {}),
    ...(random.chance(0.3) ? { crop: { x: 0.1, y: 0, width: 0.8, height: 1 } } : {}),
  }
}

/** The file to submit: prepared, renamed or unchanged. */
const apply = async (path: string, facts: Facts, fix: Fix, number: number, purpose?: Purpose) => {
  const extension = preparedExtension(facts, null, fix, purpose)
  if (extension === null) return { path: predictName(path, facts, null, fix, purpose), facts }
  const output = join(folder, `${number}${extension}`)
  await tools.prepare({ ...fix, path, facts, selection: null, purpose }, output)
  return { path: output, facts: await tools.inspect(output, { decode: true }) }
}

const brief = ({ findings }: Report) =>
  findings
    .filter(isBroken)
    .map(({ rule, level, measured, remedy }) => ({ rule, level, measured, remedy }))

/** After "Fix all" the verdict is pass, except for files that were reported as beyond repair. */
const holds = async (path: string, number: number, random: Random, purpose?: Purpose) => {
  const source = await tools.inspect(path, { decode: true })
  const report = checkFile(source, path, purpose)
  // Converting a refused container also corrects the file name.
  const hopeless = report.findings.filter(
    (finding) => isBroken(finding) && !finding.remedy && finding.rule !== 'extension',
  )
  const fix = fixFor(report, random)
  const said = forecast(path, source, null, fix, purpose)
  if (hopeless.length > 0) {
    expect(said.report.verdict).not.toBe('pass')
    return 'hopeless' as const
  }
  expect(brief(said.report)).toEqual([])
  const made = await apply(path, source, fix, number, purpose)
  expect(brief(checkFile(made.facts, made.path, purpose))).toEqual([])
  expect(pixelsOf(made.facts)).toEqual(pixelsOf(said.facts))
  if (made.facts.kind === 'video' && source.kind === 'video') {
    const [wanted, got] = [said.outcome.after.seconds ?? 0, made.facts.durations.video ?? 0]
    // The result has whole frames.
    expect(
      Math.abs(got - wanted),
      `${wanted} s wanted, ${got} s made of ${JSON.stringify(source.durations)}`,
    ).toBeLessThan(0.1 + 1 / (made.facts.frameRate ?? 1))
  }
  if (made.facts.kind === 'sound') {
    expect(made.facts.duration).toBeCloseTo(said.outcome.after.seconds ?? 0, 2)
    expect(made.facts.bytes).toBe(said.outcome.after.bytes)
  }
  await rm(join(folder, `${number}${extname(made.path)}`), { force: true })
  return report.verdict === 'pass' ? ('passed' as const) : ('mended' as const)
}

const run = async (
  count: number,
  make: (random: Random) => { shape: object; file: () => Promise<string>; purpose?: Purpose },
) => {
  const outcomes = { hopeless: 0, mended: 0, passed: 0 }
  const shapes = randomFrom(fuzzSeed)
  let next = 0
  const worker = async () => {
    while (next < count) {
      const number = next++
      const { shape, file, purpose } = make(shapes)
      // Sometimes another name, for the rule about extensions.
      const random = randomFrom(fuzzSeed * 100_003 + number)
      const source = await file()
      const path = random.chance(0.2) ? join(folder, `${number}.dat`) : source
      if (path !== source) await copyFile(source, path)
      const outcome = await holds(path, number, random, purpose).catch((error: unknown) => {
        throw new Error(`seed ${fuzzSeed}, number ${number}: ${JSON.stringify(shape)}: ${error}`, {
          cause: error,
        })
      })
      outcomes[outcome] += 1
      // Only the files of the default seed are kept for the next run.
      if (fuzzSeed !== 1) await rm(source, { force: true })
    }
  }
  await Promise.all([worker(), worker()])
  return outcomes
}

const limit = 240_000 * Math.max(1, fuzzFactor)

test(
  'every clip passes after "Fix all", or is beyond repair',
  async () => {
    const outcomes = await run(Math.round(40 * fuzzFactor), (random) => {
      const shape = randomClip(random)
      return { shape, file: () => makeClip(shape) }
    })
    expect(outcomes.mended).toBeGreaterThan(outcomes.hopeless)
  },
  limit,
)

test(
  'every image passes after "Fix all", or is beyond repair',
  async () => {
    const outcomes = await run(Math.round(60 * fuzzFactor), (random) => {
      const shape = randomImage(random)
      return { shape, file: () => makeImage(shape) }
    })
    expect(outcomes.mended).toBeGreaterThan(outcomes.hopeless)
  },
  limit,
)

test(
  'every sound, and the sound of every clip, passes after "Fix all", or is beyond repair',
  async () => {
    const outcomes = await run(Math.round(60 * fuzzFactor), (random) => {
      const purpose = { role: random.pick(['sound', 'voice'] as const) }
      if (random.chance(0.15)) {
        // Sound that begins later than a voice may last leaves only silence.
        const { late: _late, ...clip } = randomClip(random)
        return { shape: { clip, purpose }, file: () => makeClip(clip), purpose }
      }
      const shape = randomSound(random)
      return { shape: { ...shape, purpose }, file: () => makeSound(shape), purpose }
    })
    expect(outcomes.mended).toBeGreaterThan(outcomes.hopeless)
  },
  limit,
)
