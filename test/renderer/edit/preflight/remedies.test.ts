import { describe, expect, it } from 'vitest'
import { checkEdit } from '../../../../main/preflight'
import {
  type EditOptions,
  editOptions,
  type Facts,
  type Finding,
  type Level,
  modeRow,
  type ProviderLimits,
  providerId,
  providerRows,
  type Remedy,
  type RuleId,
} from '../../../../preload/contract'
import {
  editRemedy,
  fixOf,
  isChosen,
  keptTrack,
  type Reframing,
  reframingOf,
  reframings,
  wantedRemedy,
  withFixPart,
  withoutRemedy,
  withReframing,
  withRemedy,
} from '../../../../renderer/features/edit/preflight/remedies'
import { aDraft } from '../../a-draft'

const finding = (rule: RuleId, level: Level, remedy?: Remedy): Finding => ({
  rule,
  level,
  measured: 1,
  limit: 1,
  message: `${rule} ${level}`,
  text: { key: rule, values: {} },
  ...(remedy ? { remedy } : {}),
})

const draft = aDraft({ clipId: 'c', imageIds: ['i'] })
const clipFacts = { kind: 'video', duration: 14.2, frameRate: 25 } as Facts

describe('remedies', () => {
  it('a trim selects from the playhead, and its undo selects the whole clip', () => {
    const trimmed = withRemedy(draft, { id: 'c', facts: clipFacts }, 'trim', 3)
    expect(trimmed.source.selection).toEqual({ start: 3, end: 13 })
    expect(trimmed.fixes).toEqual({})
    const undone = withoutRemedy(trimmed, 'c', finding('duration', 'fail', 'trim'))
    expect(undone.source.selection).toBeNull()
  })

  it('that change what is seen are not part of "Fix all"', () => {
    expect(wantedRemedy(draft, 'c', finding('duration', 'fail', 'extend'))).toEqual([])
    expect(wantedRemedy(draft, 'c', finding('complete', 'fail', 'salvage'))).toEqual([
      { id: 'c', remedy: 'salvage' },
    ])
  })

  it('are kept by file and undone one by one', () => {
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

  it('the chosen video track is kept until its remedy is undone', () => {
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

  it('flatten fills with white until the user picks another colour', () => {
    const flat = withRemedy(draft, { id: 'i', facts: null }, 'flatten', 0)
    expect(fixOf(flat, 'i').background).toBe('#ffffff')
    const picked = withFixPart(flat, 'i', { background: '#112233' })
    expect(fixOf(withRemedy(picked, { id: 'i', facts: null }, 'scale', 0), 'i')).toEqual({
      remedies: ['flatten', 'scale'],
      background: '#112233',
    })
  })
})

/** Each value is refused by at least one provider. */
const demanding: EditOptions = {
  quality: '1080p',
  ratio: '4:3',
  sound: 'keep',
  seed: -1,
  promptExtend: false,
  watermark: true,
  cut: 11,
  callbackUrl: 'http://localhost/done',
}

const openFindings = (options: EditOptions, limits: ProviderLimits) =>
  checkEdit({
    prompt: 'snow',
    negativePrompt: '',
    imageCount: 1,
    options,
    clipSeconds: 5,
    clipSize: { width: 1280, height: 720 },
    limits,
    hasKey: true,
  }).findings.filter(({ level }) => level === 'warn' || level === 'fail')

describe('a remedy for an option', () => {
  it.each(providerId.options)('makes all options acceptable to %s', (id) => {
    const { limits } = modeRow(providerRows[id], 'edit')
    const open = openFindings(demanding, limits)
    expect(open.length).toBeGreaterThan(0)
    const options = open.map((finding) => editRemedy(finding, limits)?.options)
    const fixed: EditOptions = Object.assign({}, demanding, ...options)
    expect(openFindings(fixed, limits)).toEqual([])
  })

  it('changes nothing else', () => {
    const { limits } = modeRow(providerRows.aivideoapi, 'edit')
    const asked = editOptions.parse({ watermark: true, seed: 7 })
    const open = openFindings(asked, {
      ...limits,
      options: { ...limits.options, watermark: false },
    })
    expect(open.map((finding) => editRemedy(finding, limits)?.options)).toEqual([
      { watermark: false },
    ])
  })

  it('chooses a quality and a ratio that the provider offers', () => {
    const { limits } = modeRow(providerRows.sandbox, 'edit')
    const few = { ...limits, qualities: ['720p' as const], ratios: [] }
    const asked = editOptions.parse({ quality: '1080p', ratio: '4:3' })
    const remedies = openFindings(asked, few).map((finding) => editRemedy(finding, few))
    expect(remedies).toEqual([
      { say: 'use', value: '720p', options: { quality: '720p' } },
      { say: 'keepRatio', value: '', options: { ratio: null } },
    ])
  })

  it('is missing where the user has to decide', () => {
    const { limits } = modeRow(providerRows.dashscope, 'edit')
    const [long] = checkEdit({
      prompt: 'a'.repeat(5001),
      negativePrompt: '',
      imageCount: 0,
      options: editOptions.parse({}),
      clipSeconds: 5,
      limits,
      hasKey: false,
    }).findings.filter(({ level }) => level !== 'pass' && level !== 'info')
    expect(long?.rule).toBe('prompt')
    expect(long && editRemedy(long, limits)).toBeNull()
  })
})

describe('a clip is reframed', () => {
  const picture = { width: 1920, height: 1080, pixel: 1 }
  const to = (before: typeof draft, way: Reframing) => withReframing(before, 'c', way, picture)

  it('to a ratio, of which the middle is kept, and back', () => {
    const upright = to(draft, '9:16')
    const { crop, remedies } = fixOf(upright, 'c')
    expect(remedies).toEqual(['crop'])
    expect(crop?.x).toBeCloseTo((1 - (crop?.width ?? 0)) / 2)
    expect((crop?.width ?? 0) * 1920).toBeCloseTo(607.5)
    expect(crop?.height).toBe(1)
    expect(reframingOf(fixOf(upright, 'c'), picture)).toBe('9:16')
    expect(to(upright, 'none').fixes).toEqual({})
  })

  it.each(reframings)('and shows as %s what was chosen', (way) => {
    expect(reframingOf(fixOf(to(draft, way), 'c'), picture)).toBe(way)
  })

  it('of pixels that are not square, as people see it', () => {
    const wide = { width: 720, height: 480, pixel: 4 / 3 }
    const { crop } = fixOf(withReframing(draft, 'c', '1:1', wide), 'c')
    expect((crop?.width ?? 0) * 720).toBeCloseTo(360)
  })

  it('and a frame that was moved keeps its ratio, a smaller one is a person’s own', () => {
    const { crop } = fixOf(to(draft, '1:1'), 'c')
    const changed = (part: object) =>
      reframingOf(
        { ...fixOf(to(draft, '1:1'), 'c'), ...(crop && { crop: { ...crop, ...part } }) },
        picture,
      )
    expect([changed({ x: 0 }), changed({ height: 0.9 })]).toEqual(['1:1', 'own'])
  })

  it('instead of padded, beside the other remedies', () => {
    const padded = withRemedy(draft, { id: 'c', facts: clipFacts }, 'pad', 0)
    const both = withRemedy(padded, { id: 'c', facts: clipFacts }, 'tone-map', 0)
    expect(fixOf(to(both, '1:1'), 'c').remedies).toEqual(['tone-map', 'crop'])
    expect(fixOf(to(both, 'none'), 'c').remedies).toEqual(['pad', 'tone-map'])
  })
})
