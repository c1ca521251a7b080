import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { longest } from '../../../preload/contract/bounds'
import type { ProviderData } from '../../../preload/contract/provider-row'
import { providerTable } from '../../../preload/contract/provider-table'
import { type Range, within } from '../../../preload/contract/wan27'
import { mostTakes } from '../../edits/takes'
import { callbackProblem, longestCallback } from '../../preflight/callback-url'
import type { Speak } from '../words/words'

/*
 * A value that is wrong for every file and provider is a usage error (exit status 2). A value that is wrong for this
 * file or provider is a finding (exit status 1).
 */

/** What at least one provider accepts; the edit rules check the chosen one. */
const widest = (ranges: readonly Range[]): Range => ({
  min: Math.min(...ranges.map(({ min }) => min)),
  max: Math.max(...ranges.map(({ max }) => max)),
})

const rows: readonly ProviderData[] = Object.values(providerTable)
const limits = rows.flatMap(({ modes }) => modes.edit?.limits ?? [])
/** Seconds of the provider's own duration option, besides 0 for the whole clip. */
export const cuts = widest(limits.map(({ cut }) => cut))
/** Seconds of a new video. */
export const durations = widest(
  rows.flatMap(({ modes }) => Object.values(modes).flatMap((offer) => offer.limits.duration ?? [])),
)
const seeds = widest(limits.map(({ seed }) => seed))

/** Extensions that `prepare` can write, in lower case with the dot. */
export const outputExtensions = {
  clip: ['.mp4'],
  image: ['.png', '.jpg', '.jpeg'],
  sound: ['.wav'],
} as const

const writable: readonly string[] = Object.values(outputExtensions).flat()

/** Part of a displayed picture, from its top left corner. Pixels. */
export interface PixelFrame {
  x: number
  y: number
  width: number
  height: number
}

/** '9:16': the middle of the picture, as much as has this ratio. */
export type Ratio = `${number}:${number}`

const isRatio = (words: string): words is Ratio => /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(words)

type Read<Value> = (words: string) => Value

/** Parsers of option values. Each throws an `InvalidArgumentError` in the person's language. */
export interface OptionValues {
  /** Seconds of a clip. */
  atLeastZero: Read<number>
  /** Seconds of a clip. */
  aboveZero: Read<number>
  cutSeconds: Read<number>
  seedNumber: Read<number>
  /** A URL that a provider can call. */
  callbackAddress: Read<string>
  /** An id, a name. */
  notEmpty: Read<string>
  /** The id of a task at a provider. */
  taskId: Read<string>
  /** A file that `prepare` can write. */
  outputFile: Read<string>
  /** '#rrggbb' in lower case; the '#' is optional, because it starts a comment in shells. */
  hexColour: Read<string>
  /** 'x,y,width,height' in whole pixels, or a ratio such as '9:16'. */
  cropFrame: Read<PixelFrame | Ratio>
  /** Counted from 1. */
  trackNumber: Read<number>
  /** Seconds of a new video. */
  videoSeconds: Read<number>
  takes: Read<number>
  /** '2=voice.mp3': the voice of the second reference. */
  voice: Read<{ of: number; path: string }>
}

/** The parsers, with messages in one language. */
export const optionValues = (speak: Speak): OptionValues => {
  const refuse = (key: string, values?: Record<string, string | number>): never => {
    throw new InvalidArgumentError(speak(key, values))
  }
  const number: Read<number> = (words) => {
    const value = words.trim() === '' ? Number.NaN : Number(words)
    return Number.isFinite(value) ? value : refuse('usage.not_number')
  }
  const whole = (words: string, range: Range, otherwise: string): number => {
    const value = number(words)
    return Number.isInteger(value) && within(value, range) ? value : refuse(otherwise, { ...range })
  }
  const notEmpty: Read<string> = (words) => (words.trim() === '' ? refuse('usage.empty') : words)
  return {
    atLeastZero: (words) => {
      const value = number(words)
      return value >= 0 ? value : refuse('usage.negative_number')
    },
    aboveZero: (words) => {
      const value = number(words)
      return value > 0 ? value : refuse('usage.not_positive')
    },
    cutSeconds: (words) => (number(words) === 0 ? 0 : whole(words, cuts, 'usage.cut_range')),
    seedNumber: (words) => whole(words, seeds, 'usage.whole_range'),
    callbackAddress: (words) => {
      const problem = callbackProblem(words)
      const values = { measured: words, max: longestCallback }
      return problem ? refuse(`finding.callback_${problem}`, values) : words
    },
    notEmpty,
    taskId: (words) => {
      const id = notEmpty(words).trim()
      return id.length > longest.taskId ? refuse('usage.too_long', { max: longest.taskId }) : id
    },
    outputFile: (words) =>
      writable.includes(path.extname(words).toLowerCase()) ? words : refuse('usage.output_ending'),
    hexColour: (words) =>
      /^#?[0-9a-f]{6}$/i.test(words)
        ? `#${words.replace('#', '').toLowerCase()}`
        : refuse('usage.hex_colour'),
    cropFrame: (words) => {
      if (isRatio(words)) return words
      const numbers = /^\d{1,6}(,\d{1,6}){3}$/.test(words) ? words.split(',').map(Number) : []
      const [x = 0, y = 0, width = 0, height = 0] = numbers
      return width > 0 && height > 0 ? { x, y, width, height } : refuse('usage.pixel_frame')
    },
    trackNumber: (words) => whole(words, { min: 1, max: 64 }, 'usage.whole_range'),
    videoSeconds: (words) => whole(words, durations, 'usage.whole_range'),
    takes: (words) => whole(words, { min: 1, max: mostTakes }, 'usage.whole_range'),
    voice: (words) => {
      const [, number, path] = /^([1-9]\d?)=(.+)$/s.exec(words) ?? []
      return path === undefined ? refuse('usage.voice_form') : { of: Number(number), path }
    },
  }
}
