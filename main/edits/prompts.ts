import { z } from 'zod'
import type { Prompt } from '../../preload/contract'
import type { Database } from '../database/database'

/** The prompts that were submitted. The database remembers each when its job is stored (main/database/schema.ts). */
export interface Prompts {
  /** Starred ones first, then the newest first. */
  list: () => Prompt[]
  /** A starred prompt is kept; of the others only the newest hundred. */
  star: (prompt: Pick<Prompt, 'text' | 'starred'>) => void
}

const row = z
  .object({ text: z.string(), used_at: z.number(), starred: z.number() })
  .transform(({ text, used_at, starred }) => ({ text, usedAt: used_at, starred: starred === 1 }))

export const createPrompts = (database: Database): Prompts => ({
  list: () =>
    database.rows(
      row,
      'SELECT text, used_at, starred FROM prompts ORDER BY starred DESC, used_at DESC LIMIT 1000',
    ),
  star: ({ text, starred }) => {
    database.run('UPDATE prompts SET starred = $starred WHERE text = $text', {
      $text: text,
      $starred: starred ? 1 : 0,
    })
  },
})
