import type { z } from 'zod'

/** A record with at most so many members. zod has no such bound, and JSON Schema, which the tests read, calls it so. */
export const bounded = <T extends z.ZodType<Record<string, unknown>>>(record: T, most: number): T =>
  record
    .refine((value) => Object.keys(value).length <= most, `At most ${most} members`)
    .meta({ maxProperties: most })
