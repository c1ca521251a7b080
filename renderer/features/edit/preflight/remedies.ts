import type { Draft, Facts, Finding, Fix, Remedy } from '../../../../preload/contract'
import { ofTrack } from '../../../../preload/contract/of-track'
import { suggestedTrim } from '../trim/trim-range'

const noFix: Fix = { remedies: [], background: '#000000' }
/** White is what most people expect behind a logo. */
const flatBackground = '#ffffff'
const frameRateUnknown = 30

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
      frameRate: frameRate ?? frameRateUnknown,
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
