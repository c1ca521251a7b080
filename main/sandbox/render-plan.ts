import type { ClipFacts } from '../../preload/contract'
import type { EditRequest } from './create-request'
import { asksForSilence, effectsFor, even, seeded } from './effects'
import { watermark } from './watermark'

export type Size = { width: number; height: number }

/** Output sizes in pixels where a ratio is chosen: see docs/providers/dashscope.md. */
const sizes = {
  '720P': {
    '16:9': [1280, 720],
    '9:16': [720, 1280],
    '1:1': [960, 960],
    '4:3': [1104, 832],
    '3:4': [832, 1104],
  },
  '1080P': {
    '16:9': [1920, 1080],
    '9:16': [1080, 1920],
    '1:1': [1440, 1440],
    '4:3': [1648, 1248],
    '3:4': [1248, 1648],
  },
} as const

/** Displayed width divided by height: after rotation, with square pixels. */
export const displayedRatio = (facts: ClipFacts): number => {
  const [across, down] = facts.sar.split(':').map(Number)
  const pixel = across && down ? across / down : 1
  const turned = facts.rotation % 180 !== 0
  return ((facts.width ?? 16) / (facts.height ?? 9)) * (turned ? 1 / pixel : pixel)
}

/** The size of the result: from the table, or the tier's area in the clip's own ratio. */
export const outputSize = (
  parameters: Pick<EditRequest['parameters'], 'resolution' | 'ratio'>,
  ratio: number,
): Size => {
  const tier = sizes[parameters.resolution]
  if (parameters.ratio) {
    const [width, height] = tier[parameters.ratio]
    return { width, height }
  }
  const [width, height] = tier['16:9']
  const area = width * height
  return { width: even(Math.sqrt(area * ratio)), height: even(Math.sqrt(area / ratio)) }
}

/**
 * Stretches a ratio that differs by less than 2 %, crops one by less than 40 %, pads any other with the blurred clip.
 * Inner labels begin with `id`.
 */
export const fitFilter = ({ width, height }: Size, ratio: number, id = 'fit'): string => {
  const target = width / height
  const difference = Math.max(ratio / target, target / ratio)
  if (difference < 1.02) return `scale=${width}:${height}`
  const cover = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`
  if (difference < 1.4) return cover
  const small = `${even(width / 8)}:${even(height / 8)}`
  return (
    `split[${id}1][${id}2];[${id}1]${cover},scale=${small},gblur=sigma=4,eq=brightness=-0.1,scale=${width}:${height}[${id}3];` +
    `[${id}2]scale=${width}:${height}:force_original_aspect_ratio=decrease[${id}4];[${id}3][${id}4]overlay=(W-w)/2:(H-h)/2`
  )
}

/** The frame rate for ffmpeg, at most 60; NTSC rates as fractions. */
export const rateOf = (facts: ClipFacts): string => {
  const rate = Math.min(facts.frameRate ?? 30, 60)
  const ntsc = [24, 30, 60].find((whole) => Math.abs(rate - (whole * 1000) / 1001) < 0.005)
  return ntsc ? `${ntsc * 1000}/1001` : `${Math.round(rate * 1000) / 1000}`
}

/** Puts the reference images into the top left corner, in order, each in a thin white frame. */
const imageFilters = (images: readonly string[], { width, height }: Size): string[] => {
  const count = images.length
  const margin = even(Math.min(width, height) / 40)
  const tall = even(Math.min(width, height) / 6)
  const widest = even((width - margin * (count + 1)) / Math.max(count, 4))
  return images.flatMap((_, index) => [
    `[${index + 1}:v]scale=${widest - 6}:${tall - 6}:force_original_aspect_ratio=decrease,setsar=1,` +
      `pad=iw+6:ih+6:3:3:white[image${index + 1}]`,
    `[with${index}][image${index + 1}]overlay=${margin + index * (widest + margin)}:${margin}[with${index + 1}]`,
  ])
}

export const watermarkFilter = (input: string, index: number, { width, height }: Size): string => {
  const tall = even(Math.min(width, height) / 18)
  const wide = even((tall * watermark.width) / watermark.height)
  const margin = even(tall / 2)
  return `[${index}:v]scale=${wide}:${tall}[mark];[${input}][mark]overlay=W-w-${margin}:H-h-${margin}[marked]`
}

/** How every result is encoded. */
export const encoding = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'],
  ...['-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'],
]

/**
 * The ffmpeg run that stands in for the model: its arguments, without the executable, and the result's size and length
 * in pixels and seconds.
 *
 * Keeps the sound; with `audio_setting: auto` removes it when the prompt requests silence.
 */
export const planRender = (
  request: EditRequest,
  facts: ClipFacts,
  files: { clip: string; images: readonly string[]; watermark: string; output: string },
  fallbackSeed: number,
) => {
  const { parameters, input } = request
  const ratio = displayedRatio(facts)
  const size = outputSize(parameters, ratio)
  const length = facts.duration ?? 10
  const seconds = parameters.duration > 0 ? Math.min(parameters.duration, length) : length
  const random = seeded(parameters.seed ?? fallbackSeed)
  const tone = ((random() - 0.5) * 16).toFixed(2)
  const looks = effectsFor(input.prompt).map((effect) => effect.filter({ ...size, random }))

  const count = files.images.length
  const filters = [
    `[0:v:0]scale=trunc(iw*sar/2)*2:ih,setsar=1,fps=${rateOf(facts)},${fitFilter(size, ratio)},setsar=1,hue=h=${tone}[fitted]`,
    `[fitted]${looks.join(',')},scale=${size.width}:${size.height},setsar=1[with0]`,
    ...imageFilters(files.images, size),
  ]
  let last = `with${count}`
  if (parameters.watermark) {
    filters.push(watermarkFilter(last, count + 1, size))
    last = 'marked'
  }
  const silent = parameters.audio_setting === 'auto' && asksForSilence(input.prompt)
  const inputs = [files.clip, ...files.images, ...(parameters.watermark ? [files.watermark] : [])]
  const args = [
    ...inputs.flatMap((path) => ['-i', path]),
    ...['-filter_complex', filters.join(';'), '-map', `[${last}]`],
    ...(silent ? ['-an'] : ['-map', '0:a:0?', '-c:a', 'aac', '-b:a', '160k', '-ac', '2']),
    ...['-t', seconds.toFixed(3), ...encoding, files.output],
  ]
  return { ...size, seconds, args }
}
