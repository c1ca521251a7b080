import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { providerTable } from '../../../preload/contract/provider-table'
import { callbackProblem, longestCallback } from '../../preflight/callback-url'
import type { Speak } from '../words/words'

/*
 * Values that are wrong whatever the files and the provider are wrong usage (status 2). What only a look at the file
 * or the provider's row can tell is a finding (status 1).
 */

interface Range {
  min: number
  max: number
}

/** What any of the providers takes: one may take less, which is the edit rules' matter. */
const widest = (ranges: readonly Range[]): Range => ({
  min: Math.min(...ranges.map(({ min }) => min)),
  max: Math.max(...ranges.map(({ max }) => max)),
})

const limits = Object.values(providerTable).map(({ modes }) => modes.edit.limits)
/** Seconds of the service's own duration option, beside 0 for all (RULES.md, `cut`). */
export const cuts = widest(limits.map(({ cut }) => cut))
const seeds = widest(limits.map(({ seed }) => seed))

const isWholeIn = (number: number, { min, max }: Range): boolean =>
  Number.isInteger(number) && number >= min && number <= max

/** What `prepare` can write, of clips and of images; in lower case with the dot. */
export const outputExtensions = { clip: ['.mp4'], image: ['.png', '.jpg', '.jpeg'] } as const

const writable: readonly string[] = Object.values(outputExtensions).flat()

/** Part of a displayed picture, from its top left corner. Pixels. */
export interface PixelFrame {
  x: number
  y: number
  width: number
  height: number
}

type Read<Value> = (words: string) => Value

/** What option words are read with. Each throws an `InvalidArgumentError` in the person's language. */
export interface OptionValues {
  /** Seconds of a clip. */
  atLeastZero: Read<number>
  /** Seconds of a clip. */
  aboveZero: Read<number>
  cutSeconds: Read<number>
  seedNumber: Read<number>
  /** An address that a service can call back. */
  callbackAddress: Read<string>
  /** An id, a name. */
  notEmpty: Read<string>
  /** A file that `prepare` can write, whatever the source is. */
  outputFile: Read<string>
  /** '#rrggbb' in lower case; the '#' may be left out, because shells take it for a comment. */
  hexColour: Read<string>
  /** 'x,y,width,height' in whole pixels. */
  pixelFrame: Read<PixelFrame>
  /** Counted from 1. */
  trackNumber: Read<number>
}

/** The readers of option words, speaking one language. */
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
    return isWholeIn(value, range) ? value : refuse(otherwise, { ...range })
  }
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
    notEmpty: (words) => (words.trim() === '' ? refuse('usage.empty') : words),
    outputFile: (words) =>
      writable.includes(path.extname(words).toLowerCase()) ? words : refuse('usage.output_ending'),
    hexColour: (words) =>
      /^#?[0-9a-f]{6}$/i.test(words)
        ? `#${words.replace('#', '').toLowerCase()}`
        : refuse('usage.hex_colour'),
    pixelFrame: (words) => {
      const numbers = /^\d{1,6}(,\d{1,6}){3}$/.test(words) ? words.split(',').map(Number) : []
      const [x = 0, y = 0, width = 0, height = 0] = numbers
      return width > 0 && height > 0 ? { x, y, width, height } : refuse('usage.pixel_frame')
    },
    trackNumber: (words) => whole(words, { min: 1, max: 64 }, 'usage.whole_range'),
  }
}
