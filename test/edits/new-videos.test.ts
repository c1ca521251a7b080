import { describe, expect, it } from 'vitest'
import {
  checkSubmission,
  noFix,
  refusalOf,
  type Submission,
  type SubmittedFile,
  toJobSpec,
} from '../../main/edits/submission'
import { estimate } from '../../main/providers/prices'
import { createProviders } from '../../main/providers/registry'
import {
  editOptions,
  type Facts,
  type Mode,
  modeRow,
  type ProviderId,
  type SetFile,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { clipFactsWith, imageFactsWith, itemWith, soundFactsWith } from '../support/facts'

const keys = { get: () => 'sk-1', source: () => 'stored' as const }
const described = createProviders({
  keys,
  env: {},
  sandbox: () => Promise.reject(new Error()),
}).describe()
const at = (id: ProviderId) => {
  const found = described.find((one) => one.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

const sound: Facts = soundFactsWith({ format: 'mp3', codec: 'mp3' })

const factsFor = (role: SubmittedFile['role']): Facts => {
  if (role === 'sound' || role === 'voice') return sound
  return role === 'clip' || role === 'reference-video'
    ? clipFactsWith({ duration: 4 })
    : imageFactsWith()
}

type Given = Partial<Pick<Submission, 'prompt' | 'hasBucket'>> & {
  options?: object
  /** Facts of files that are not as their role asks for. */
  facts?: Facts
}

const submission = (
  id: ProviderId,
  mode: Mode,
  files: SetFile[],
  given: Given = {},
): Submission => ({
  mode,
  provider: at(id),
  hasBucket: given.hasBucket ?? false,
  prompt: given.prompt ?? 'a boat',
  negativePrompt: '',
  options: editOptions.parse(given.options ?? {}),
  files: files.map(({ role, of }, index) => ({
    role,
    id: `${role} ${index}`,
    item: {
      ...itemWith(`${role} ${index}`, given.facts ?? factsFor(role)),
      name: role === 'sound' || role === 'voice' ? 'a.mp3' : `${role}.mp4`,
    },
    fix: noFix,
    selection: null,
    of,
  })),
})

const check = (value: Submission) =>
  checkSubmission(value, (seconds) =>
    estimate(modeRow(value.provider, value.mode), { seconds, options: value.options }),
  )

/** The failing rules, and what blocks. */
const wrong = (value: Submission) => {
  const { report, blockers } = check(value)
  return [report.findings.flatMap(({ rule, level }) => (level === 'fail' ? [rule] : [])), blockers]
}

const frame: SetFile = { role: 'first-frame' }
const image: SetFile = { role: 'reference-image' }
const video: SetFile = { role: 'reference-video' }

describe('a new video', () => {
  it.each<[string, ProviderId, Mode, SetFile[], Given]>([
    ['from words', 'dashscope', 'text', [], {}],
    ['from words with a sound', 'dashscope', 'text', [{ role: 'sound' }], {}],
    // Nothing is uploaded, so nothing has to be stored.
    ['from words where nothing is stored', 'apiyi', 'text', [], {}],
    ['from an image without a prompt', 'dashscope', 'image', [frame], { prompt: '' }],
    ['from an image at a service that stores images', 'evolink', 'image', [frame], {}],
    ['from a clip', 'dashscope', 'image', [{ role: 'clip' }], {}],
    ['from references', 'dashscope', 'references', [image, video, { role: 'voice', of: 2 }], {}],
  ])('%s is ready', (_, id, mode, files, given) => {
    expect(wrong(submission(id, mode, files, given))).toEqual([[], []])
    expect(check(submission(id, mode, files, given)).estimate?.amount).toBeGreaterThan(0)
  })

  it.each<[string, ProviderId, Mode, SetFile[], Given, string[], string[]]>([
    [
      'words without a prompt',
      'dashscope',
      'text',
      [],
      { prompt: ' ' },
      ['prompt'],
      ['empty', 'edit'],
    ],
    [
      'an image where a prompt is needed',
      'aivideoapi',
      'image',
      [frame],
      { prompt: '', hasBucket: true },
      ['prompt'],
      ['empty', 'edit'],
    ],
    [
      'files that do not go together',
      'dashscope',
      'image',
      [frame, { role: 'clip' }],
      {},
      ['files'],
      ['edit'],
    ],
    [
      'files that the service does not take',
      'apiyi',
      'text',
      [{ role: 'sound' }],
      { hasBucket: true },
      ['files'],
      ['edit'],
    ],
    [
      'too long',
      'dashscope',
      'text',
      [],
      { options: { duration: 16 } },
      ['result_duration'],
      ['edit'],
    ],
    [
      'half a second',
      'dashscope',
      'text',
      [],
      { options: { duration: 5.5 } },
      ['result_duration'],
      ['edit'],
    ],
    [
      'too long beside a video',
      'dashscope',
      'references',
      [video],
      { options: { duration: 11 } },
      ['result_duration'],
      ['edit'],
    ],
    [
      'too long for a service',
      'aivideoapi',
      'references',
      [image],
      { options: { duration: 11 }, hasBucket: true },
      ['result_duration'],
      ['edit'],
    ],
    [
      'shorter than its clip',
      'dashscope',
      'image',
      [{ role: 'clip' }],
      { options: { duration: 2 } },
      ['result_duration'],
      ['edit'],
    ],
    ['files without storage', 'apiyi', 'image', [frame], {}, ['storage'], ['bucket']],
    [
      'a clip for a frame',
      'dashscope',
      'image',
      [frame],
      { facts: clipFactsWith() },
      [],
      ['image'],
    ],
    [
      'an image for a sound',
      'dashscope',
      'text',
      [{ role: 'sound' }],
      { facts: imageFactsWith() },
      [],
      ['clip'],
    ],
  ])('%s is blocked', (_, id, mode, files, given, rules, blockers) => {
    expect(wrong(submission(id, mode, files, given))).toEqual([rules, blockers])
  })

  it('says which ratio counts for nothing', () => {
    const { report } = check(
      submission('dashscope', 'image', [frame], { options: { ratio: '1:1' } }),
    )
    const found = report.findings.find(({ rule }) => rule === 'ratio')
    expect([found?.level, found?.message]).toEqual([
      'warn',
      'Aspect ratio 1:1 is not used: the result has that of the image or clip',
    ])
  })

  it('as a job keeps roles, and which reference a voice is of', () => {
    const value = submission('dashscope', 'references', [image, { role: 'voice', of: 1 }])
    const spec = toJobSpec(value, check(value), () => ({
      path: import.meta.filename,
      mediaId: null,
    }))
    expect(spec).toMatchObject({
      mode: 'references',
      files: [{ role: 'reference-image' }, { role: 'voice', of: 1 }],
    })
  })
})

describe('another provider', () => {
  const specOf = (mode: Mode, files: SetFile[], options: object = {}) => {
    const value = submission('dashscope', mode, files, { options })
    return toJobSpec(value, check(value), () => ({ path: import.meta.filename, mediaId: null }))
  }
  const said = (id: ProviderId, spec: ReturnType<typeof specOf>) => {
    const refusal = refusalOf(at(id), spec)
    return refusal && say(refusal, 'en')
  }

  it('takes a request that it offers', () => {
    expect(said('dashscope-cn', specOf('image', [{ role: 'clip' }]))).toBeNull()
    expect(said('evolink', specOf('image', [{ role: 'clip' }]))).toBeNull()
    expect(said('apiyi', specOf('text', []))).toBeNull()
    expect(said('apiyi', specOf('edit', [{ role: 'clip' }]))).toBeNull()
  })

  it('refuses what it does not take, before anything is sent', () => {
    expect(said('apiyi', specOf('image', [{ role: 'clip' }]))).toBe(
      'APIYI takes no clip for “From an image”',
    )
    expect(said('evolink', specOf('text', [], { seed: 0 }))).toContain('The seed is 0')
    expect(said('aivideoapi', specOf('references', [image], { duration: 12 }))).toContain('12 s')
  })
})
