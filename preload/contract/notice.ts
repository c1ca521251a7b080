import { z } from 'zod'

/** A work of others that Reshoot ships, with its licence in full. */
export const notice = z.object({
  name: z.string().max(214),
  version: z.string().max(64),
  /** As its manifest names it; empty where only the text says it. */
  license: z.string().max(200),
  text: z.string().max(200_000),
})
export type Notice = z.infer<typeof notice>
