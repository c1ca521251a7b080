import { z } from 'zod'
import { billed, editOptions, providerId, selection } from '../../preload/contract'
import { editSpec } from '../edits/edit-spec'

/** What lies beside each result and can rebuild the index. Readable by other programs; holds no secret. */
export const sidecar = z.object({
  format: z.literal('reshoot.result'),
  version: z.literal(1),
  id: z.string(),
  jobId: z.string(),
  /** File names, relative to the sidecar's folder. */
  video: z.string(),
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  submittedAt: z.iso.datetime(),
  provider: providerId,
  model: z.string(),
  taskId: z.string().nullable(),
  requestId: z.string().nullable(),
  prompt: z.string(),
  negativePrompt: z.string(),
  images: z.array(z.object({ name: z.string() })),
  options: editOptions,
  source: z.object({ name: z.string(), selection: selection.nullable() }),
  billed: billed.nullable(),
  /** Of the result: seconds, displayed pixels, bytes. */
  duration: z.number(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  /** The whole edit, for doing it again; paths are of the computer it was made on. */
  edit: editSpec,
})
export type Sidecar = z.infer<typeof sidecar>

export const sidecarSuffix = '.reshoot.json'

/** Reads a sidecar; null for anything else. */
export const parseSidecar = (text: string): Sidecar | null => {
  try {
    return sidecar.parse(JSON.parse(text))
  } catch {
    return null // not ours, or torn: never a reason to stop
  }
}
