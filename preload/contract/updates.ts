import { z } from 'zod'
import { text } from './text'

const version = z.string().max(64)

/** Whether there is a newer Reshoot, and how far its download is. */
export const updateState = z.discriminatedUnion('kind', [
  z.object({
    /** Reshoot does not update itself. */
    kind: z.literal('elsewhere'),
    /** Its package manager does; it was unpacked by hand; or it knows no folder of releases. */
    why: z.enum(['package-manager', 'by-hand', 'no-releases']),
  }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('looking') }),
  z.object({ kind: z.literal('newest') }),
  z.object({ kind: z.literal('found'), version }),
  /** Fraction 0..1. */
  z.object({ kind: z.literal('downloading'), version, fraction: z.number() }),
  /** Downloaded, and its digest is right. */
  z.object({ kind: z.literal('ready'), version }),
  z.object({ kind: z.literal('failed'), text }),
])
export type UpdateState = z.infer<typeof updateState>
