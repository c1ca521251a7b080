import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { providerTable } from '../../preload/contract/provider-table'
import { callbackProblem } from '../preflight/callback-url'

/*
 * Values that are wrong whatever the files and the provider are wrong usage (status 2). What only a look at the file
 * or the provider's row can tell is a finding (status 1).
 */

const numberFrom = (value: string): number => {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.')
  return number
}

/** Seconds of a clip. */
export const atLeastZero = (value: string): number => {
  const number = numberFrom(value)
  if (number < 0) throw new InvalidArgumentError('It must not be negative.')
  return number
}

/** Seconds of a clip. */
export const aboveZero = (value: string): number => {
  const number = numberFrom(value)
  if (number <= 0) throw new InvalidArgumentError('It must be more than 0.')
  return number
}

interface Range {
  min: number
  max: number
}

/** What any of the providers takes: one may take less, which is the edit rules' matter. */
const widest = (ranges: readonly Range[]): Range => ({
  min: Math.min(...ranges.map(({ min }) => min)),
  max: Math.max(...ranges.map(({ max }) => max)),
})

const limits = Object.values(providerTable).map((row) => row.limits)
const cuts = widest(limits.map(({ cut }) => cut))
const seeds = widest(limits.map(({ seed }) => seed))

const isWholeIn = (number: number, { min, max }: Range): boolean =>
  Number.isInteger(number) && number >= min && number <= max

/** The service's own duration option: 0, or whole seconds (RULES.md, `cut`). */
export const cutSeconds = (value: string): number => {
  const number = numberFrom(value)
  if (number === 0 || isWholeIn(number, cuts)) return number
  throw new InvalidArgumentError(
    `It must be 0 for all, or whole seconds from ${cuts.min} to ${cuts.max}.`,
  )
}

export const seedNumber = (value: string): number => {
  const number = numberFrom(value)
  if (isWholeIn(number, seeds)) return number
  throw new InvalidArgumentError(`It must be a whole number from ${seeds.min} to ${seeds.max}.`)
}

const callbackProblems: Record<NonNullable<ReturnType<typeof callbackProblem>>, string> = {
  'too-long': 'It is too long.',
  characters: 'It contains spaces or control characters.',
  'not-a-url': 'It is not a web address.',
  'not-https': 'It must begin with https://.',
  credentials: 'It must not contain a name or password.',
  'private-host': 'It is not on the internet: no service can reach it.',
}

/** An address that a service can call back. */
export const callbackAddress = (value: string): string => {
  const problem = callbackProblem(value)
  if (problem) throw new InvalidArgumentError(callbackProblems[problem])
  return value
}

/** Something that is not empty: an id, a name. */
export const notEmpty = (value: string): string => {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.')
  return value
}

/** What `prepare` can write, of clips and of images; in lower case with the dot. */
export const outputExtensions = { clip: ['.mp4'], image: ['.png', '.jpg', '.jpeg'] } as const

/** A file that `prepare` can write, whatever the source is. */
export const outputFile = (value: string): string => {
  const known: readonly string[] = Object.values(outputExtensions).flat()
  if (known.includes(path.extname(value).toLowerCase())) return value
  throw new InvalidArgumentError(
    'It must end in .mp4 for a clip, or in .png, .jpg or .jpeg for an image.',
  )
}

/** '#rrggbb' in lower case; the '#' may be left out, because shells take it for a comment. */
export const hexColour = (value: string): string => {
  if (!/^#?[0-9a-f]{6}$/i.test(value))
    throw new InvalidArgumentError('It must look like #ff8800 (or ff8800).')
  return `#${value.replace('#', '').toLowerCase()}`
}

/** Part of a displayed picture, from its top left corner. Pixels. */
export interface PixelFrame {
  x: number
  y: number
  width: number
  height: number
}

/** 'x,y,width,height' in whole pixels. */
export const pixelFrame = (value: string): PixelFrame => {
  const numbers = /^\d{1,6}(,\d{1,6}){3}$/.test(value) ? value.split(',').map(Number) : []
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  if (width === 0 || height === 0)
    throw new InvalidArgumentError(
      'It must be x,y,width,height in pixels, such as 420,0,1080,1080.',
    )
  return { x, y, width, height }
}

/** A track by its number, counted from 1. */
export const trackNumber = (value: string): number => {
  const number = numberFrom(value)
  if (!isWholeIn(number, { min: 1, max: 64 }))
    throw new InvalidArgumentError('Tracks are counted from 1.')
  return number
}
