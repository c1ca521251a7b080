import {
  type ClipFacts,
  type Facts,
  type Fix,
  type ImageFacts,
  ofTrack,
  type Selection,
  wan27,
} from '../../preload/contract'
import { type EncodePlan, lengthOf, planClip } from './clip-plan'
import { fittingName, withExtension } from './file-names'
import { framesPerSecond } from './frame-rate'
import { type ImageEncodePlan, planImage } from './image-plan'

const remuxed = ({ tracks: _tracks, ...facts }: ClipFacts): ClipFacts => ({
  ...facts,
  container: 'mp4',
  brand: 'isom',
  // Containers that know no length of their streams get one by being copied.
  duration: lengthOf(facts),
  durations: {
    ...facts.durations,
    video: lengthOf(facts),
    ignoringEdits: facts.durations.ignoringEdits ?? lengthOf(facts),
  },
  videoTracks: Math.min(1, facts.videoTracks),
  audio: facts.audio.slice(0, 1),
})

const encodedBytes = (facts: ClipFacts, plan: EncodePlan): number => {
  const length = facts.durations.video ?? facts.durations.container
  const share = plan.seconds !== null && length ? Math.min(1, plan.seconds / length) : 1
  // The encoder's bitrate is capped so that this holds.
  return Math.round(Math.min(facts.bytes * share, wan27.edit.clip.bytes.warn * 0.95))
}

const encoded = (source: ClipFacts, plan: EncodePlan): ClipFacts => {
  const size = plan.fit?.size
  const { videoStart: _start, ...facts } = remuxed(source)
  return {
    ...facts,
    duration: plan.seconds,
    durations: { container: plan.seconds, video: plan.seconds, ignoringEdits: plan.seconds },
    width: size?.width ?? facts.width,
    height: size?.height ?? facts.height,
    codedWidth: size?.width ?? facts.codedWidth,
    codedHeight: size?.height ?? facts.codedHeight,
    rotation: 0,
    sar: '1:1',
    codec: 'h264',
    frameRate: plan.rate ? framesPerSecond(plan.rate) : facts.frameRate,
    variableFrameRate: false,
    hdr: false,
    audio: facts.audio.slice(0, 1).map((track) => ({
      ...track,
      codec: 'aac',
      channels: track.channels && Math.min(2, track.channels),
    })),
    bytes: encodedBytes(facts, plan),
  }
}

const predictClip = (source: ClipFacts, selection: Selection | null, fix: Fix): ClipFacts => {
  const plan = planClip(source, selection, fix)
  const facts = plan.how === 'keep' ? source : ofTrack(source, plan.track)
  switch (plan.how) {
    case 'keep':
      return facts
    case 'copy':
      return remuxed(facts)
    case 'encode':
      return encoded(facts, plan)
  }
}

const stillOf = (facts: ImageFacts, plan: ImageEncodePlan): ImageFacts => ({
  ...facts,
  format: plan.format,
  width: plan.fit?.size.width ?? facts.width,
  height: plan.fit?.size.height ?? facts.height,
  orientation: 1,
  frames: 1,
  // PNG without transparency is written without an alpha channel.
  alpha: facts.transparent && !plan.flatten,
  transparent: facts.transparent && !plan.flatten,
  colourSpace: 'srgb',
  bytes: Math.min(facts.bytes, plan.maxBytes),
})

const predictImage = (facts: ImageFacts, fix: Fix): ImageFacts => {
  const plan = planImage(facts, fix)
  return plan.how === 'keep' ? facts : stillOf(facts, plan)
}

/**
 * What a file will be after a selection and its remedies, told without running them:
 * lengths, sizes and formats exactly, bytes as an upper estimate.
 */
export const predict = (facts: Facts, selection: Selection | null, fix: Fix): Facts => {
  switch (facts.kind) {
    case 'video':
      return predictClip(facts, selection, fix)
    case 'image':
      return predictImage(facts, fix)
    case 'other':
      return facts
  }
}

/** Extension of the file that a run makes, with its dot; null where nothing has to be run. */
export const preparedExtension = (
  facts: Facts,
  selection: Selection | null,
  fix: Fix,
): '.mp4' | '.png' | '.jpg' | null => {
  if (facts.kind === 'video') return planClip(facts, selection, fix).how === 'keep' ? null : '.mp4'
  if (facts.kind !== 'image') return null
  const plan = planImage(facts, fix)
  return plan.how === 'keep' ? null : plan.format === 'png' ? '.png' : '.jpg'
}

/** The name that the file will be sent under, for the `extension` rule and the upload. */
export const predictName = (
  name: string,
  facts: Facts,
  selection: Selection | null,
  fix: Fix,
): string => {
  const extension = preparedExtension(facts, selection, fix)
  if (extension) return withExtension(name, extension)
  return fix.remedies.includes('rename') ? fittingName(name, facts) : name
}
