import { z } from 'zod'
import { editOptions, estimate, fix, providerId, selection } from '../../preload/contract'

/** A file of an edit as it was when the edit was submitted. Bytes, ms since the epoch. */
export const fileSpec = z.object({
  mediaId: z.string().nullable(),
  path: z.string(),
  name: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
  fix,
})
export type FileSpec = z.infer<typeof fileSpec>

/** Everything a job needs to be driven to its end without the window. */
export const editSpec = z.object({
  provider: providerId,
  prompt: z.string(),
  negativePrompt: z.string(),
  clip: fileSpec.extend({ selection: selection.nullable() }),
  images: z.array(fileSpec),
  options: editOptions,
  estimate: estimate.nullable(),
})
export type EditSpec = z.infer<typeof editSpec>
