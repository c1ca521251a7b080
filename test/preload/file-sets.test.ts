import { describe, expect, test } from 'vitest'
import {
  type FileRole,
  fileRole,
  fileSetProblem,
  filesOf,
  type Mode,
  mode,
  type ProviderId,
  providerId,
  providerRows,
  referencesOf,
  type SetFile,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { type Counts, everySet } from '../support/every-set'

/** How many files of each role, from a list; every role that is not named has none. */
const only = (counts: Counts, ...roles: FileRole[]) =>
  fileRole.options.every((role) => roles.includes(role) || counts[role] === 0)

/** What the model's documents allow (docs/providers/dashscope.md), in words of its own. */
const model: Record<Mode, (c: Counts) => boolean> = {
  edit: (c) => only(c, 'clip', 'reference-image') && c.clip === 1 && c['reference-image'] <= 4,
  text: (c) => only(c, 'sound') && c.sound <= 1,
  image: (c) => {
    const continues = only(c, 'clip', 'last-frame') && c.clip === 1
    const begins = only(c, 'first-frame', 'last-frame', 'sound') && c['first-frame'] === 1
    return (continues || begins) && c['last-frame'] <= 1 && c.sound <= 1
  },
  references: (c) => {
    const references = c['reference-image'] + c['reference-video']
    return (
      only(c, 'reference-image', 'reference-video', 'voice', 'first-frame') &&
      references >= 1 &&
      references <= 5 &&
      c.voice <= references &&
      c['first-frame'] <= 1
    )
  },
}

/** What a service's documents leave out of it. */
const services: Partial<Record<ProviderId, Partial<Record<Mode, (c: Counts) => boolean>>>> = {
  evolink: { image: (c) => c.clip === 0 || c['last-frame'] === 0 },
  apiyi: {
    edit: (c) => c['reference-image'] >= 1,
    text: (c) => c.sound === 0,
    image: (c) => c.clip === 0 && c['last-frame'] === 0,
  },
  aivideoapi: { image: (c) => c.clip === 0, references: (c) => c.voice <= 1 },
}

const sets = everySet()

describe.each(providerId.options)('at %s', (id) => {
  const row = providerRows[id]
  const offered = mode.options.filter((name) => name in row.modes)

  test.each(offered)('every allowed set of %s is accepted, every other is refused', (name) => {
    const wrong = sets.filter(({ counts, files }) => {
      const allowed = model[name](counts) && (services[id]?.[name]?.(counts) ?? true)
      return (fileSetProblem(row, name, files) === null) !== allowed
    })
    expect(wrong.map(({ counts }) => counts)).toEqual([])
    const accepted = sets.filter(({ files }) => fileSetProblem(row, name, files) === null)
    expect(accepted.length).toBeGreaterThan(0)
  })

  test('every refusal is a whole sentence in both languages', () => {
    const said = new Set<string>()
    for (const name of mode.options)
      for (const { files } of sets) {
        const problem = fileSetProblem(row, name, files)
        if (!problem) continue
        const { variant, values } = problem
        const key = JSON.stringify([variant, values])
        if (said.has(key)) continue
        said.add(key)
        const text = { key: `finding.files_${variant}`, values }
        for (const language of ['en', 'zh'] as const)
          expect(say(text, language)).not.toMatch(/[{}]|\$t\(|undefined|(role|mode|finding)[._]/)
      }
    expect(said.size).toBeGreaterThan(3)
  })
})

test('a mode that a provider does not offer is refused with its name', () => {
  const problem = fileSetProblem({ name: 'Nobody', modes: {} }, 'text', [])
  expect(problem).toMatchObject({ variant: 'mode', values: { provider: 'Nobody' } })
})

const whatIsSaid = (id: ProviderId, name: Mode, files: SetFile[]) => {
  const problem = fileSetProblem(providerRows[id], name, files)
  return problem && say({ key: `finding.files_${problem.variant}`, values: problem.values }, 'en')
}

const of = (...roles: FileRole[]): SetFile[] => roles.map((role) => ({ role }))

test.each<[string, ProviderId, Mode, SetFile[], string]>([
  ['nothing', 'dashscope', 'image', [], '“From an image” needs a first frame or a clip'],
  [
    'a last frame alone',
    'aivideoapi',
    'image',
    of('last-frame'),
    '“From an image” needs a first frame',
  ],
  [
    'a sound beside a clip',
    'dashscope',
    'image',
    of('clip', 'sound'),
    'A sound cannot be combined with a clip',
  ],
  [
    'a first frame beside a clip',
    'dashscope',
    'image',
    of('first-frame', 'clip'),
    'A clip cannot be combined with a first frame',
  ],
  [
    'a last frame where none is documented',
    'apiyi',
    'image',
    of('first-frame', 'last-frame'),
    'APIYI takes no last frame for “From an image”',
  ],
  [
    'two sounds',
    'evolink',
    'text',
    of('sound', 'sound'),
    'Number of files for “sound”: 2; the maximum is 1',
  ],
  [
    'six references',
    'dashscope',
    'references',
    of(
      ...Array<FileRole>(3).fill('reference-image'),
      ...Array<FileRole>(3).fill('reference-video'),
    ),
    'Reference images and videos: 6; the maximum is 5',
  ],
  [
    'a first frame without references',
    'dashscope',
    'references',
    of('first-frame'),
    'Reference images and videos: 0; “From references” needs at least 1',
  ],
])('%s at %s in the mode %s is named in the refusal', (_, id, name, files, sentence) => {
  expect(whatIsSaid(id, name, files)).toBe(sentence)
})

describe('a voice', () => {
  const references: SetFile[] = of('reference-image', 'reference-video')
  const voice = (number?: number): SetFile => ({ role: 'voice', of: number })

  test('belongs to one reference, whichever kind it has', () => {
    expect(whatIsSaid('dashscope', 'references', [...references, voice(2), voice(1)])).toBe(null)
  })

  test.each([undefined, 0, 1.5, 3])('of the reference %s is refused: there are two', (number) => {
    expect(whatIsSaid('dashscope', 'references', [...references, voice(number)])).toContain(
      'the number of references is 2',
    )
  })

  test('is the only one of its reference', () => {
    expect(whatIsSaid('evolink', 'references', [...references, voice(2), voice(2)])).toBe(
      'Reference 2 has more than one voice',
    )
  })

  test('is for the first reference where the service knows one main character', () => {
    expect(whatIsSaid('aivideoapi', 'references', [...references, voice(1)])).toBe(null)
    expect(whatIsSaid('aivideoapi', 'references', [...references, voice(2)])).toBe(
      'aivideoapi.ai takes a voice for the first reference only',
    )
  })
})

test('references are counted in the order of the request, whatever lies between them', () => {
  const files: SetFile[] = of('first-frame', 'reference-video', 'voice', 'reference-image')
  expect(referencesOf(files).map(({ role }) => role)).toEqual([
    'reference-video',
    'reference-image',
  ])
  expect(filesOf(files, 'voice')).toHaveLength(1)
})
