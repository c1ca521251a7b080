import type { ClipFacts, Facts, Fix, ImageFacts, Selection } from '../../preload/contract'
import { type EncodePlan, lengthOf, planClip } from './clip-plan'
import { framesPerSecond } from './frame-rate'
import { planImage } from './image-plan'

/** Bits a pixel of a picture at the quality that clips are encoded with: what phones' footage came to. */
const bitsPerPixel = 0.12
/** Of the source's bits a second an encode takes hardly more, however busy the picture is. */
const mostGrowth = 1.5
/** Codecs that use what is alike from frame to frame, as the one that is encoded with does. */
const wellPacked: readonly string[] = ['h264', 'hevc', 'vp9', 'av1']
const soundBits = 192_000
const jpegBytesPerPixel = 0.45
const pngBytesPerPixel = { opaque: 1.5, transparent: 2 }

const encodedClipBytes = (facts: ClipFacts, plan: EncodePlan): number => {
  const seconds = plan.seconds ?? lengthOf(facts) ?? 0
  const size = plan.fit?.size ?? { width: facts.width ?? 0, height: facts.height ?? 0 }
  const rate = plan.rate ? framesPerSecond(plan.rate) : (facts.frameRate ?? 30)
  const usual = size.width * size.height * rate * bitsPerPixel
  const length = lengthOf(facts)
  const source = length ? (facts.bytes * 8) / length : usual
  // A source that needs more than usual though it is packed well is hard to pack: it will be so again.
  const hard = wellPacked.includes(facts.codec ?? '') ? Math.sqrt(usual * source) : usual
  const picture = Math.min(Math.max(usual, hard), source * mostGrowth, plan.maxBitrate)
  const sound = facts.audio.length > 0 ? soundBits : 0
  return Math.round(((picture + sound) * seconds) / 8)
}

const clipBytes = (facts: ClipFacts, selection: Selection | null, fix: Fix): number => {
  const plan = planClip(facts, selection, fix)
  return plan.how === 'encode' ? encodedClipBytes(facts, plan) : facts.bytes
}

const imageBytes = (facts: ImageFacts, fix: Fix): number => {
  const plan = planImage(facts, fix)
  if (plan.how === 'keep') return facts.bytes
  const { width, height } = plan.fit?.size ?? { width: facts.width ?? 0, height: facts.height ?? 0 }
  const clear = facts.transparent && !plan.flatten
  const each =
    plan.format === 'jpeg' ? jpegBytesPerPixel : pngBytesPerPixel[clear ? 'transparent' : 'opaque']
  return Math.round(Math.min(width * height * each, plan.maxBytes))
}

/** About how large the outcome of a run will be: right within a factor of two or three, never above the limit. Bytes. */
export const estimateBytes = (
  facts: Facts,
  selection: Selection | null,
  fix: Fix,
): number | null => {
  switch (facts.kind) {
    case 'video':
      return clipBytes(facts, selection, fix)
    case 'image':
      return imageBytes(facts, fix)
    case 'other':
      return facts.bytes
  }
}
