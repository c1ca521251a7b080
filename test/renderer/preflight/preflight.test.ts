import { describe, expect, it } from 'vitest'
import type {
  Draft,
  Facts,
  Finding,
  Level,
  Remedy,
  Report,
  RuleId,
} from '../../../preload/contract'
import {
  besideClip,
  foldReport,
  joinFolded,
  type Line,
} from '../../../renderer/features/edit/preflight/fold-findings'
import {
  fixOf,
  isChosen,
  keptTrack,
  withFixPart,
  withoutRemedy,
  withRemedy,
} from '../../../renderer/features/edit/preflight/remedies'
import { submitState } from '../../../renderer/features/edit/submit/submit-state'

const finding = (rule: RuleId, level: Level, remedy?: Remedy): Finding => ({
  rule,
  level,
  measured: 1,
  limit: 1,
  message: `${rule} ${level}`,
  text: { key: rule, values: {} },
  ...(remedy ? { remedy } : {}),
})

const report = (...findings: Finding[]): Report => ({
  verdict: findings.some(({ level }) => level === 'fail') ? 'fail' : 'pass',
  findings,
})

const clip = { kind: 'clip', id: 'c' } as const

const draft: Draft = {
  clipId: 'c',
  provider: 'sandbox',
  prompt: '',
  negativePrompt: '',
  imageIds: ['i'],
  selection: null,
  moreSelections: [],
  fixes: {},
  options: {
    quality: '720p',
    ratio: null,
    sound: 'auto',
    seed: null,
    promptExtend: true,
    watermark: false,
    cut: 0,
    callbackUrl: null,
  },
  updatedAt: 0,
}

const clipFacts = { kind: 'video', duration: 14.2, frameRate: 25 } as Facts

describe('folding findings', () => {
  const before = report(
    finding('readable', 'pass'),
    finding('duration', 'fail', 'trim'),
    finding('codec', 'warn', 're-encode'),
    finding('rotation', 'info'),
  )

  it('shows what stands, folds what passes, keeps info with it', () => {
    const { open, settled, passed } = foldReport(clip, before, before)
    expect(open.map((line) => line.finding.rule)).toEqual(['duration', 'codec'])
    expect(settled).toEqual([])
    expect(passed.map((line) => line.finding.rule)).toEqual(['readable', 'rotation'])
  })

  it('shows what a fix settles with its outcome, once', () => {
    const after = report(
      finding('readable', 'pass'),
      finding('duration', 'pass'),
      finding('codec', 'warn'),
    )
    const { open, settled, passed } = foldReport(clip, before, after)
    expect(open.map((line) => line.finding.rule)).toEqual(['codec'])
    expect(settled.map((line) => [line.finding.rule, line.outcome?.level])).toEqual([
      ['duration', 'pass'],
    ])
    expect(passed.map((line) => line.finding.rule)).toEqual(['readable'])
  })

  it('shows what a fix breaks', () => {
    const after = report(finding('readable', 'pass'), finding('duration', 'fail'))
    expect(foldReport(clip, report(finding('duration', 'pass')), after).open).toHaveLength(1)
  })

  it('puts the worst first across files, in their order within a level', () => {
    const image = { kind: 'image', id: 'i', number: 1 } as const
    const images = report(finding('alpha', 'fail', 'flatten'))
    const joined = joinFolded([foldReport(clip, before, before), foldReport(image, images, images)])
    expect(joined.open.map((line) => line.finding.rule)).toEqual(['duration', 'alpha', 'codec'])
  })

  it('counts no passes of the edit under a clip that nothing could be measured of', () => {
    const edit = foldReport(
      { kind: 'edit' },
      null,
      report(finding('prompt', 'pass'), finding('key', 'fail')),
    )
    const empty = report(finding('readable', 'fail'))
    const beside = besideClip(edit, foldReport(clip, empty, empty))
    expect(beside.passed).toEqual([])
    expect(beside.open.map((line) => line.finding.rule)).toEqual(['key'])
    expect(besideClip(edit, foldReport(clip, before, before)).passed).toHaveLength(1)
  })
})

describe('remedies', () => {
  it('a trim is a selection from the playhead, and undoing it takes the whole clip', () => {
    const trimmed = withRemedy(draft, { id: 'c', facts: clipFacts }, 'trim', 3)
    expect(trimmed.selection).toEqual({ start: 3, end: 13 })
    expect(trimmed.fixes).toEqual({})
    expect(withoutRemedy(trimmed, 'c', finding('duration', 'fail', 'trim')).selection).toBeNull()
  })

  it('others are kept by file and undone one by one', () => {
    const both = withRemedy(
      withRemedy(draft, { id: 'c', facts: clipFacts }, 'scale', 0),
      { id: 'c', facts: clipFacts },
      're-encode',
      0,
    )
    expect(fixOf(both, 'c').remedies).toEqual(['scale', 're-encode'])
    const one = withoutRemedy(both, 'c', finding('width', 'fail', 'scale'))
    expect(fixOf(one, 'c').remedies).toEqual(['re-encode'])
    expect(withoutRemedy(one, 'c', finding('codec', 'warn', 're-encode')).fixes).toEqual({})
  })

  it('a video track is chosen for as long as it is kept alone', () => {
    const kept = withRemedy(draft, { id: 'c', facts: clipFacts }, 'keep-first-track', 0)
    const scaled = withRemedy(kept, { id: 'c', facts: clipFacts }, 'scale', 0)
    const second = withFixPart(scaled, 'c', { track: 1 })
    expect(keptTrack(fixOf(second, 'c'))).toBe(1)
    const sized = withoutRemedy(second, 'c', finding('width', 'fail', 'scale'))
    expect(keptTrack(fixOf(sized, 'c'))).toBe(1)
    const undone = withoutRemedy(second, 'c', finding('video_track', 'warn', 'keep-first-track'))
    expect(fixOf(undone, 'c')).toEqual({ remedies: ['scale'], background: '#000000' })
    expect(keptTrack(fixOf(undone, 'c'))).toBe(0)
  })

  it('pad and crop exclude each other', () => {
    const padded = withRemedy(draft, { id: 'c', facts: null }, 'pad', 0)
    const cropped = withRemedy(padded, { id: 'c', facts: null }, 'crop', 0)
    expect(fixOf(cropped, 'c').remedies).toEqual(['crop'])
    expect(isChosen(cropped, 'c', finding('aspect', 'fail', 'pad'))).toBe(true)
  })

  it('flattens onto white until the person picks another colour', () => {
    const flat = withRemedy(draft, { id: 'i', facts: null }, 'flatten', 0)
    expect(fixOf(flat, 'i').background).toBe('#ffffff')
    const picked = withFixPart(flat, 'i', { background: '#112233' })
    expect(fixOf(withRemedy(picked, { id: 'i', facts: null }, 'scale', 0), 'i')).toEqual({
      remedies: ['flatten', 'scale'],
      background: '#112233',
    })
  })
})

describe('what the submit button says', () => {
  const check = { report: report(), files: [], seconds: 6, estimate: null }
  const line = (rule: RuleId, level: Level, remedy?: Remedy): Line => ({
    key: rule,
    subject: clip,
    finding: finding(rule, level, remedy),
  })
  const base = { check: { ...check, blockers: [] }, prompt: 'snow', images: 0, open: [] }

  it.each([
    ['not checked yet', { ...base, check: undefined }, { kind: 'checking' }],
    ['nothing in the way', base, { kind: 'ready' }],
    ['only warnings', { ...base, open: [line('codec', 'warn', 're-encode')] }, { kind: 'ready' }],
    [
      'two things to fix',
      {
        ...base,
        check: { ...check, blockers: ['clip' as const] },
        open: [
          line('duration', 'fail', 'trim'),
          line('width', 'fail', 'scale'),
          line('size', 'warn'),
          line('key', 'fail'),
        ],
      },
      // As many as the headline says.
      { kind: 'fix', count: 3, place: 'preflight' },
    ],
    [
      'a clip that nothing can mend',
      {
        ...base,
        check: { ...check, blockers: ['clip' as const] },
        open: [line('duration', 'fail')],
      },
      { kind: 'hopeless', place: 'preflight' },
    ],
    ['no words and no images', { ...base, prompt: '  ' }, { kind: 'prompt' }],
    ['no words but images', { ...base, prompt: '', images: 1 }, { kind: 'ready' }],
    [
      'no key, after everything else',
      { ...base, check: { ...check, blockers: ['key' as const] }, open: [line('key', 'fail')] },
      { kind: 'key' },
    ],
    [
      'still being checked',
      { ...base, check: { ...check, blockers: ['checking' as const] } },
      { kind: 'checking' },
    ],
  ])('%s', (_, composed, expected) => {
    expect(submitState(composed)).toEqual(expected)
  })
})
