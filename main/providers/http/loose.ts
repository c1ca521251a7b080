import { z } from 'zod'

/** Lenient schemas for answers: services send numbers as strings and empty strings for missing values. */

/** A schema for a text or a number, read by `read`; null where the value is missing, empty or of another type. */
const loose = <T>(read: (value: string | number) => T | null) =>
  z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value) =>
      value === null || value === undefined || value === '' ? null : read(value),
    )
    .catch(null)

const finite = (value: string | number): number | null =>
  Number.isFinite(Number(value)) ? Number(value) : null

/** A text; null where it is missing or empty. A number becomes its digits. */
export const looseText = loose(String)

/** A finite number, or one in digits; null for anything else. */
export const looseNumber = loose(finite)

/** A progress in percent, as a number or as "30%", becomes a fraction 0..1; null for anything else. */
export const loosePercent = loose((value) => {
  const text = String(value).trim().replace(/%$/, '')
  const percent = text === '' ? null : finite(text)
  return percent === null ? null : Math.min(Math.max(percent / 100, 0), 1)
})

const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\//i.test(value.trim())

/** The first http or https address of a list; null without one. */
export const looseUrls = z
  .array(z.unknown())
  .nullish()
  .transform((values) => values?.find(isWebAddress) ?? null)
  .catch(null)

/** Milliseconds since the epoch, from seconds, milliseconds or ISO 8601; null for anything else. */
export const looseTime = loose((value) => {
  const number = finite(value)
  // Seconds stay below 1e11 until the year 5138, milliseconds have been above it since 1973.
  if (number !== null) return number < 1e11 ? number * 1000 : number
  const date = Date.parse(`${value}`)
  return Number.isNaN(date) ? null : date
})

/** A required number, as a number or in digits. */
export const numberInDigits = z
  .union([z.number(), z.string().trim().min(1)])
  .pipe(z.coerce.number())

/** Parsed JSON; undefined for anything else. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
