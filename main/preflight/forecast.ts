import type {
  ClipFacts,
  Facts,
  Fix,
  Forecast,
  ImageFacts,
  Measures,
  Selection,
} from '../../preload/contract'
import { ofTrack } from '../../preload/contract/of-track'
import { pixelsOf } from '../../preload/contract/reframe'
import { fileLimits } from '../../preload/contract/wan27'
import { type EncodePlan, lengthOf, planClip } from './clip-plan'
import { fittingName, withExtension } from './file-names'
import { framesPerSecond } from './frame-rate'
import { type ImageEncodePlan, planImage } from './image-plan'
import { usualBitsPerPixel } from './key-frame-cut'
import { clipRoleOf, isSoundRole, type Purpose } from './purpose'
import { planSound, soundMade } from './sound-plan'
import { soundOfClip } from './sound-rules'
import { checkFile } from './verdict'

const remuxed = ({ tracks: _tracks, ...facts }: ClipFacts): ClipFacts => ({
  ...facts,
  container: 'mp4',
  brand: 'isom',
  // Some containers state no length per stream; MP4 does.
  duration: lengthOf(facts),
  durations: {
    ...facts.durations,
    video: lengthOf(facts),
    ignoringEdits: facts.durations.ignoringEdits ?? lengthOf(facts),
  },
  videoTracks: Math.min(1, facts.videoTracks),
  audio: facts.audio.slice(0, 1),
})

/** An encode rarely exceeds the source's bitrate by more than this factor. */
const mostGrowth = 1.5
/** Codecs that compress similar frames about as well as H.264. */
const efficientCodecs: readonly string[] = ['h264', 'hevc', 'vp9', 'av1']
const soundBits = 192_000
const jpegBytesPerPixel = 0.45
const pngBytesPerPixel = { opaque: 1.5, transparent: 2 }
const unknownSize = { width: 0, height: 0 }

const encodedClipBytes = (facts: ClipFacts, plan: EncodePlan): number => {
  const length = lengthOf(facts)
  const size = plan.fit?.size ?? unknownSize
  const rate = plan.rate ? framesPerSecond(plan.rate) : (facts.frameRate ?? 30)
  const usual = size.width * size.height * rate * usualBitsPerPixel
  const source = length ? (facts.bytes * 8) / length : usual
  // An efficient codec that needed more than usual shows that the picture is hard to compress.
  const hard = efficientCodecs.includes(facts.codec ?? '') ? Math.sqrt(usual * source) : usual
  const picture = Math.min(Math.max(usual, hard), source * mostGrowth, plan.maxBitrate)
  const sound = facts.audio.length > 0 ? soundBits : 0
  return Math.round(((picture + sound) * (plan.seconds ?? length ?? 0)) / 8)
}

const encodedImageBytes = (facts: ImageFacts, plan: ImageEncodePlan): number => {
  const { width, height } = plan.fit?.size ?? unknownSize
  const pixels = facts.transparent && !plan.flatten ? 'transparent' : 'opaque'
  const each = plan.format === 'jpeg' ? jpegBytesPerPixel : pngBytesPerPixel[pixels]
  return Math.round(Math.min(width * height * each, plan.maxBytes))
}

const encoded = (source: ClipFacts, plan: EncodePlan): ClipFacts => {
  const size = plan.fit?.size
  const { videoStart: _start, timesRise: _rise, whole, ...facts } = remuxed(source)
  return {
    ...facts,
    ...(plan.salvage || whole === undefined ? {} : { whole }),
    complete: facts.complete || plan.salvage,
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
    audio: facts.audio.map((track) => ({
      ...track,
      codec: 'aac',
      channels: track.channels && Math.min(2, track.channels),
    })),
    bytes: encodedClipBytes(source, plan),
  }
}

const stillOf = (facts: ImageFacts, plan: ImageEncodePlan): ImageFacts => ({
  ...facts,
  format: plan.format,
  width: plan.fit?.size.width ?? facts.width,
  height: plan.fit?.size.height ?? facts.height,
  orientation: 1,
  frames: 1,
  // An opaque PNG is written without an alpha channel.
  alpha: facts.transparent && !plan.flatten,
  transparent: facts.transparent && !plan.flatten,
  colourSpace: 'srgb',
  bytes: encodedImageBytes(facts, plan),
})

type Extension = '.mp4' | '.png' | '.jpg' | '.wav'

/**
 * What a run makes of a file; null if nothing has to be run. The bytes are the likely ones: right within a factor of
 * three, and never above the limit.
 */
const resultOf = (
  source: Facts,
  selection: Selection | null,
  fix: Fix,
  purpose: Purpose | undefined,
): { facts: Facts; extension: Extension } | null => {
  if (purpose && isSoundRole(purpose.role)) {
    const sound = source.kind === 'video' ? soundOfClip(source) : source
    if (source.kind === 'image' || sound?.kind !== 'sound') return null
    const plan = planSound(sound, selection, fix, fileLimits[purpose.role])
    return plan.how === 'keep' ? null : { facts: soundMade(sound, plan), extension: '.wav' }
  }
  if (source.kind === 'video') {
    const plan = planClip(source, selection, fix, fileLimits[clipRoleOf(purpose)])
    if (plan.how === 'keep') return null
    const facts = ofTrack(source, plan.track)
    return {
      facts: plan.how === 'copy' ? remuxed(facts) : encoded(facts, plan),
      extension: '.mp4',
    }
  }
  if (source.kind !== 'image') return null
  const plan = planImage(source, fix, purpose)
  if (plan.how !== 'encode') return null
  return { facts: stillOf(source, plan), extension: plan.format === 'png' ? '.png' : '.jpg' }
}

/** The extension of the file that a run makes; null if nothing has to be run. */
export const preparedExtension = (
  facts: Facts,
  selection: Selection | null,
  fix: Fix,
  purpose?: Purpose,
): Extension | null => resultOf(facts, selection, fix, purpose)?.extension ?? null

/** The name under which the file will be sent. */
export const predictName = (
  name: string,
  facts: Facts,
  selection: Selection | null,
  fix: Fix,
  purpose?: Purpose,
): string => {
  const extension = preparedExtension(facts, selection, fix, purpose)
  if (extension) return withExtension(name, extension)
  return fix.remedies.includes('rename') ? fittingName(name, facts) : name
}

const secondsOf = (facts: Facts): number | null => {
  if (facts.kind === 'video') return lengthOf(facts)
  return facts.kind === 'sound' ? facts.duration : null
}

const measuresOf = (facts: Facts): Measures => ({
  bytes: facts.bytes,
  seconds: secondsOf(facts),
  width: pixelsOf(facts)?.width ?? null,
  height: pixelsOf(facts)?.height ?? null,
  frameRate: facts.kind === 'video' ? facts.frameRate : null,
  format: facts.kind === 'video' ? facts.codec : facts.format,
})

/** What a selection and a fix will make of a file, and what preflight will find in the result. */
export const forecast = (
  name: string,
  source: Facts,
  selection: Selection | null,
  fix: Fix,
  purpose?: Purpose,
): Forecast => {
  const result = resultOf(source, selection, fix, purpose)
  const facts = result?.facts ?? source
  return {
    facts,
    report: checkFile(facts, predictName(name, source, selection, fix, purpose), purpose),
    outcome: { before: measuresOf(source), after: measuresOf(facts), runs: result !== null },
  }
}
