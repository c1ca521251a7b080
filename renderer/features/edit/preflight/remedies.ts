import type {
  Draft,
  EditOptions,
  Facts,
  Finding,
  Fix,
  ProviderLimits,
  Remedy,
} from '../../../../preload/contract'
import { ofTrack } from '../../../../preload/contract/of-track'
import { suggestedTrim } from '../trim/trim-range'

const noFix: Fix = { remedies: [], background: '#000000' }
/** White is what most people expect behind a logo. */
const flatBackground = '#ffffff'

/** Frames per second of a clip whose frame rate is unknown. */
export const assumedFrameRate = 30

export const fixOf = (draft: Draft, fileId: string): Fix => draft.fixes[fileId] ?? noFix

/** Which video track is sent, counted from 0. */
export const keptTrack = ({ remedies, track = 0 }: Fix): number =>
  remedies.includes('keep-first-track') ? track : 0

/** Ways that reach the same end, of which one is chosen. */
const alternatives: Partial<Record<Remedy, readonly Remedy[]>> = {
  pad: ['pad', 'crop'],
  crop: ['crop', 'pad'],
}

/** The remedies to offer for a finding. */
export const remediesFor = ({ remedy }: Finding): readonly Remedy[] =>
  remedy === undefined ? [] : (alternatives[remedy] ?? [remedy])

/** Whether a remedy fills pixels with a colour. */
export const usesBackground = (remedies: readonly Remedy[]): boolean =>
  remedies.includes('flatten') || remedies.includes('pad')

const withFix = (draft: Draft, fileId: string, fix: Fix): Draft => {
  const { [fileId]: _, ...others } = draft.fixes
  return {
    ...draft,
    fixes: fix.remedies.length > 0 ? { ...others, [fileId]: fix } : others,
  }
}

/** The draft with a remedy chosen for a file. A trim is a selection; `playhead` is where it begins. */
export const withRemedy = (
  draft: Draft,
  file: { id: string; facts: Facts | null },
  remedy: Remedy,
  playhead: number,
): Draft => {
  const { facts } = file
  if (remedy === 'trim' && facts?.kind === 'video' && facts.duration !== null) {
    const { duration, frameRate } = ofTrack(facts, keptTrack(fixOf(draft, file.id)))
    const track = {
      duration: duration ?? facts.duration,
      frameRate: frameRate ?? assumedFrameRate,
    }
    return { ...draft, selection: suggestedTrim(playhead, track) }
  }
  const fix = fixOf(draft, file.id)
  const rivals = alternatives[remedy] ?? [remedy]
  const remedies = [...fix.remedies.filter((one) => !rivals.includes(one)), remedy]
  const first = remedy === 'flatten' && draft.fixes[file.id] === undefined
  return withFix(draft, file.id, {
    ...fix,
    remedies,
    background: first ? flatBackground : fix.background,
  })
}

/** The draft without what settles a finding. */
export const withoutRemedy = (draft: Draft, fileId: string, finding: Finding): Draft => {
  const ways = remediesFor(finding)
  const { track, ...fix } = fixOf(draft, fileId)
  const remedies = fix.remedies.filter((one) => !ways.includes(one))
  const kept = track !== undefined && remedies.includes('keep-first-track') ? { track } : {}
  const cleared = withFix(draft, fileId, { ...fix, ...kept, remedies })
  return finding.remedy === 'trim' && fileId === draft.clipId
    ? { ...cleared, selection: null }
    : cleared
}

/** The draft with a fix done in another way: colour, frame, fill or track. */
export const withFixPart = (draft: Draft, fileId: string, part: Partial<Fix>): Draft =>
  withFix(draft, fileId, { ...fixOf(draft, fileId), ...part })

/** Whether a remedy for this finding was already chosen. */
export const isChosen = (draft: Draft, fileId: string, finding: Finding): boolean =>
  remediesFor(finding).some((remedy) => fixOf(draft, fileId).remedies.includes(remedy))

/** One press that makes an option one that the provider takes. */
interface EditRemedy {
  say: 'leaveOut' | 'use' | 'keepRatio' | 'nearestRatio' | 'anySeed' | 'takeAll'
  /** What is used instead, where it is named. */
  value: string
  options: Partial<EditOptions>
}

/** The options as they are when nothing is asked of the provider. */
const unasked: Partial<Record<string, Partial<EditOptions>>> = {
  sound: { sound: 'auto' },
  promptExtend: { promptExtend: true },
  watermark: { watermark: false },
}

/** What one press does about an option that the provider does not take; null where a person has to decide. */
export const editRemedy = (
  { rule, level, measured }: Finding,
  { qualities, keepsRatio }: Pick<ProviderLimits, 'qualities' | 'keepsRatio'>,
): EditRemedy | null => {
  if (level !== 'warn' && level !== 'fail') return null
  const remedy = (say: EditRemedy['say'], options: Partial<EditOptions>, value = '') => ({
    say,
    value,
    options,
  })
  switch (rule) {
    case 'options': {
      const options = unasked[String(measured)]
      return options ? remedy('leaveOut', options) : null
    }
    case 'callback':
      return remedy('leaveOut', { callbackUrl: null })
    case 'quality': {
      const [quality] = qualities
      return quality ? remedy('use', { quality }, quality) : null
    }
    case 'ratio':
      return remedy(keepsRatio ? 'keepRatio' : 'nearestRatio', { ratio: null })
    case 'seed':
      return remedy('anySeed', { seed: null })
    case 'cut':
      return remedy('takeAll', { cut: 0 })
    default:
      return null
  }
}
