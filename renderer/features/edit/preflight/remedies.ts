import type {
  AspectRatio,
  CropFrame,
  Draft,
  EditOptions,
  Facts,
  Finding,
  Fix,
  ProviderLimits,
  Remedy,
  RuleId,
  Selection,
} from '../../../../preload/contract'
import { ofTrack } from '../../../../preload/contract/of-track'
import { onlyByChoice } from '../../../../preload/contract/preflight'
import { aspectRatio } from '../../../../preload/contract/provider-row'
import { frameOfRatio } from '../../../../preload/contract/reframe'
import { suggestedTrim } from '../trim/trim-range'

/** The displayed size in pixels, and the aspect of a pixel. */
interface Picture {
  width: number
  height: number
  pixel: number
}

const noFix: Fix = { remedies: [], background: '#000000' }
/** White, because most transparent images are logos. */
const flatBackground = '#ffffff'

/** Frames per second of a clip whose frame rate is unknown. */
export const assumedFrameRate = 30

export const fixOf = (draft: Draft, fileId: string): Fix => draft.fixes[fileId] ?? noFix

/** The video track that is sent, counted from 0. */
export const keptTrack = ({ remedies, track = 0 }: Fix): number =>
  remedies.includes('keep-first-track') ? track : 0

/** Remedies that exclude each other, the preferred one first. */
const alternatives: Partial<Record<Remedy, readonly Remedy[]>> = {
  pad: ['pad', 'crop'],
  crop: ['crop', 'pad'],
}

/** Whether a finding needs attention. */
export const isOpen = ({ level }: Finding): boolean => level === 'warn' || level === 'fail'

/** The remedies to offer for a finding, the preferred one first. */
export const remediesFor = ({ remedy }: Finding): readonly Remedy[] =>
  remedy === undefined ? [] : (alternatives[remedy] ?? [remedy])

/** Whether these remedies fill pixels with a colour. */
export const usesBackground = (remedies: readonly Remedy[]): boolean =>
  remedies.includes('flatten') || remedies.includes('pad')

const withFix = (draft: Draft, fileId: string, fix: Fix): Draft => {
  const { [fileId]: _, ...others } = draft.fixes
  return {
    ...draft,
    fixes: fix.remedies.length > 0 ? { ...others, [fileId]: fix } : others,
  }
}

const withSelection = (draft: Draft, selection: Selection | null): Draft => ({
  ...draft,
  source: { ...draft.source, selection },
})

/** The draft with a remedy chosen for a file. A trim sets the selection, from `playhead` (seconds). */
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
    return withSelection(draft, suggestedTrim(playhead, track))
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

/** The draft with several remedies chosen. `playhead` is where a trim starts. Seconds. */
export const withRemedies = (
  draft: Draft,
  choices: readonly RemedyChoice[],
  factsOf: (id: string) => Facts | null,
  playhead: number,
): Draft =>
  choices.reduce(
    (next, { id, remedy }) => withRemedy(next, { id, facts: factsOf(id) }, remedy, playhead),
    draft,
  )

/** The draft without the remedy of a finding. */
export const withoutRemedy = (draft: Draft, fileId: string, finding: Finding): Draft => {
  const ways = remediesFor(finding)
  const { track, ...fix } = fixOf(draft, fileId)
  const remedies = fix.remedies.filter((one) => !ways.includes(one))
  const kept = track !== undefined && remedies.includes('keep-first-track') ? { track } : {}
  const cleared = withFix(draft, fileId, { ...fix, ...kept, remedies })
  return finding.remedy === 'trim' && fileId === draft.source.clipId
    ? withSelection(cleared, null)
    : cleared
}

/** The draft with other choices for a file's fix: colour, frame, fill or track. */
export const withFixPart = (draft: Draft, fileId: string, part: Partial<Fix>): Draft =>
  withFix(draft, fileId, { ...fixOf(draft, fileId), ...part })

/** What a clip is cropped to: nothing, a frame of a person's own, or a ratio. */
export type Reframing = 'none' | 'own' | AspectRatio

export const reframings: readonly Reframing[] = ['none', 'own', ...aspectRatio.options]

/** Parts of the picture by which a frame may differ from that of a ratio: less than a pixel. */
const nearlySame = 0.0005

/** The reframing that a fix makes of a picture. */
export const reframingOf = (fix: Fix, picture: Picture): Reframing => {
  const { crop, remedies } = fix
  if (!remedies.includes('crop')) return 'none'
  if (!crop) return 'own'
  const isLike = (ratio: AspectRatio) => {
    const { width, height } = frameOfRatio(picture, ratio, picture.pixel)
    return Math.abs(width - crop.width) < nearlySame && Math.abs(height - crop.height) < nearlySame
  }
  return aspectRatio.options.find(isLike) ?? 'own'
}

/** The draft with a clip cropped to a ratio, to a frame to drag, or not at all. */
export const withReframing = (
  draft: Draft,
  fileId: string,
  to: Reframing,
  picture: Picture,
): Draft => {
  const { crop: _, ...fix } = fixOf(draft, fileId)
  const others = fix.remedies.filter((remedy) => remedy !== 'crop')
  if (to === 'none') return withFix(draft, fileId, { ...fix, remedies: others })
  const frame = to === 'own' ? ownFrame : frameOfRatio(picture, to, picture.pixel)
  const remedies = [...others.filter((remedy) => remedy !== 'pad'), 'crop' as const]
  return withFix(draft, fileId, { ...fix, crop: frame, remedies })
}

/** A frame to begin with, whose corners can be seen and dragged. */
const ownFrame: CropFrame = { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }

/** Whether a remedy for this finding is chosen. */
export const isChosen = (draft: Draft, fileId: string, finding: Finding): boolean =>
  remediesFor(finding).some((remedy) => fixOf(draft, fileId).remedies.includes(remedy))

/** A remedy to choose for a file. */
export interface RemedyChoice {
  id: string
  remedy: Remedy
}

/** What "Fix all" chooses for a finding: nothing for a settled finding, the preferred one of two remedies. */
export const wantedRemedy = (draft: Draft, fileId: string, finding: Finding): RemedyChoice[] => {
  const [remedy] = remediesFor(finding)
  const isWanted = remedy && !onlyByChoice.includes(remedy)
  return isWanted && isOpen(finding) && !isChosen(draft, fileId, finding)
    ? [{ id: fileId, remedy }]
    : []
}

/** A change that replaces an option by one that the provider accepts. */
interface EditRemedy {
  say: 'leaveOut' | 'use' | 'keepRatio' | 'nearestRatio' | 'anySeed' | 'takeAll'
  /** The new value, if the label names it. */
  value: string
  options: Partial<EditOptions>
}

/** The values of options that every provider accepts. */
const neutral: Partial<Record<string, Partial<EditOptions>>> = {
  sound: { sound: 'auto' },
  promptExtend: { promptExtend: true },
  watermark: { watermark: false },
}

/** The remedy for an option that the provider does not accept; null where the user has to decide. */
export const editRemedy = (
  finding: Finding,
  { qualities: [quality], keepsRatio }: Pick<ProviderLimits, 'qualities' | 'keepsRatio'>,
): EditRemedy | null => {
  const remedies: Partial<Record<RuleId, [EditRemedy['say'], EditRemedy['options'] | undefined]>> =
    {
      options: ['leaveOut', neutral[String(finding.measured)]],
      callback: ['leaveOut', { callbackUrl: null }],
      quality: ['use', quality && { quality }],
      ratio: [keepsRatio ? 'keepRatio' : 'nearestRatio', { ratio: null }],
      seed: ['anySeed', { seed: null }],
      cut: ['takeAll', { cut: 0 }],
    }
  const [say, options] = remedies[finding.rule] ?? []
  return say && options && isOpen(finding) ? { say, options, value: options.quality ?? '' } : null
}
