import { type Count, type FileRole, modeTable } from './mode-table'
import type { ProviderLimits } from './provider-row'

/** A range of numbers that includes both ends. */
export interface Range {
  min: number
  max: number
}

export const within = (value: number, { min, max }: Range): boolean => value >= min && value <= max

/** Sizes of a file in bytes: above `warn` some services refuse it, above `fail` the model does. */
export interface SizeLimits {
  warn: number
  fail: number
}

const imagesOf = (count: Count) => ({ ...count, used: count.max })
const noImages = imagesOf({ min: 0, max: 0 })

const options: ProviderLimits = {
  promptCharacters: 5000,
  negativePromptCharacters: 500,
  refusesLongText: false,
  images: imagesOf(modeTable.edit.sets[0]['reference-image']),
  qualities: ['720p', '1080p'],
  ratios: ['16:9', '9:16', '1:1', '4:3', '3:4'],
  keepsRatio: true,
  seed: { min: 0, max: 2_147_483_647 },
  cut: { min: 2, max: 10 },
  options: { sound: true, promptExtend: true, watermark: true, callback: false },
}

/** Of a video that is no edit: its length is chosen, it has no sound to keep and nothing to cut. */
const made = {
  ...options,
  images: noImages,
  cut: { min: 0, max: 0 },
  duration: { min: 2, max: 15, usual: 5, withVideo: 10 },
  options: { ...options.options, sound: false },
} satisfies ProviderLimits

/**
 * What the Wan 2.7 model accepts, by mode: the only place that states these numbers. Seconds, pixels, bytes, frames
 * per second; `aspect` is the displayed width divided by the height, `side` each side of the displayed picture.
 *
 * `options` are DashScope's; a provider that differs says so in its row. Sources: docs/providers/dashscope.md.
 */
export const wan27 = {
  edit: {
    clip: {
      duration: { min: 2, max: 10 },
      /** The container may be slightly longer than its picture: encoders leave an audio tail. */
      containerDuration: { min: 2, max: 10.1 },
      side: { min: 240, max: 4096 },
      aspect: { min: 1 / 8, max: 8 },
      bytes: { warn: 100_000_000, fail: 104_857_600 },
      containers: ['mp4', 'mov'],
      codecs: ['h264', 'hevc'],
      frameRate: { max: 60 },
    },
    image: {
      side: { min: 240, max: 8000 },
      aspect: { min: 1 / 8, max: 8 },
      bytes: { warn: 20_000_000, fail: 20_971_520 },
      formats: ['jpeg', 'png', 'bmp', 'webp'],
      /** Colour spaces that every program shows alike. */
      colourSpaces: ['srgb', 'b-w', 'rgb16', 'grey16', 'rgb'],
    },
    options,
  },
  text: { options: made },
  image: { options: made },
  references: {
    options: { ...made, images: imagesOf(modeTable.references.sets[0]['reference-image']) },
    /** At most so many seconds of the reference videos are billed. */
    billedInput: 5,
  },
}

const { clip, image } = wan27.edit

const sound = {
  duration: { min: 2, max: 30 },
  bytes: { warn: 15_000_000, fail: 15_728_640 },
  formats: ['wav', 'mp3'],
  /** Codecs that every program plays from these formats. */
  codecs: ['pcm_s16le', 'pcm_s24le', 'mp3'],
  /** Decibels below full scale: below `quiet` nobody hears much, below `silent` nothing. */
  peak: { quiet: -20, silent: -60 },
}

/** What the model accepts of a file, by what it is for. `clip` is also the clip to continue. */
export const fileLimits = {
  clip,
  'reference-video': {
    ...clip,
    duration: { min: 1, max: 30 },
    containerDuration: { min: 1, max: 30.1 },
  },
  'reference-image': image,
  'first-frame': image,
  'last-frame': image,
  sound,
  voice: { ...sound, duration: { min: 1, max: 10 } },
} satisfies Record<FileRole, unknown>

/** By how much the ratios of a first and a last frame may differ, as a factor. */
export const sameRatio = 1.01

/** How long every service keeps a result. Milliseconds. */
export const resultLife = 24 * 3_600_000
