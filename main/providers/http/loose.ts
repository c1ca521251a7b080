import { z } from 'zod'

/** Members of answers read leniently: numbers come as strings, empty strings stand for nothing. */

/** A text; null where there is none. A number is taken for its digits. */
export const looseText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : `${value}`))
  .catch(null)

/** A finite number; null where there is none. */
export const looseNumber = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null
    const number = Number(value)
    return Number.isFinite(number) ? number : null
  })
  .catch(null)

/** A fraction 0..1 of a progress that is said in percent, as a number or as "30%"; null where it is not. */
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

/** The first http or https address of a list; null where there is none. */
export const looseUrls = z
  .array(z.unknown())
  .nullish()
  .transform((values) => values?.find(isWebAddress) ?? null)
  .catch(null)

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value.trim())
}

/** Milliseconds since the epoch of a time said in seconds, milliseconds or ISO 8601; null where it is none. */
export const looseTime = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null
    const number = Number(value)
    // Seconds stay below this until the year 5138, milliseconds have been above it since 1973.
    if (Number.isFinite(number)) return number < 1e11 ? number * 1000 : number
    const date = Date.parse(`${value}`)
    return Number.isNaN(date) ? null : date
  })
  .catch(null)

/** A number that must be there, as such or in digits. */
export const numberInDigits = z
  .union([z.number(), z.string().trim().min(1)])
  .pipe(z.coerce.number())
