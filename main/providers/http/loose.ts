import { z } from 'zod'

/** Lenient schemas for answers: services send numbers as strings and empty strings for missing values. */

/** A text; null where it is missing or empty. A number becomes its digits. */
export const looseText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : `${value}`))
  .catch(null)

/** A finite number, or one in digits; null for anything else. */
export const looseNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null
    const number = Number(value)
    return Number.isFinite(number) ? number : null
  })
  .catch(null)

/** A progress in percent, as a number or as "30%", becomes a fraction 0..1; null for anything else. */
export const loosePercent = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    const text = typeof value === 'string' ? value.trim().replace(/%$/, '') : value
    if (text === null || text === undefined || text === '') return null
    const number = Number(text)
    return Number.isFinite(number) ? Math.min(Math.max(number / 100, 0), 1) : null
  })
  .catch(null)

const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\//i.test(value.trim())

/** The first http or https address of a list; null without one. */
export const looseUrls = z
  .array(z.unknown())
  .nullish()
  .transform((values) => values?.find(isWebAddress) ?? null)
  .catch(null)

/** Milliseconds since the epoch, from seconds, milliseconds or ISO 8601; null for anything else. */
export const looseTime = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null
    const number = Number(value)
    // Seconds stay below 1e11 until the year 5138, milliseconds have been above it since 1973.
    if (Number.isFinite(number)) return number < 1e11 ? number * 1000 : number
    const date = Date.parse(`${value}`)
    return Number.isNaN(date) ? null : date
  })
  .catch(null)

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
