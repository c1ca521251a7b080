import { z } from 'zod'
import { type Draft, type DraftCheck, draft, type Settings } from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import type { Log } from '../log'
import type { Drafts } from './edits'

export interface DraftsOptions {
  database: Database
  settings: () => Settings
  check: (draft: Draft) => DraftCheck
  clock: Pick<Clock, 'now'>
  log: Log
}

const row = z.object({ clip_id: z.string(), json: z.string() })

export const createDrafts = ({ database, settings, check, clock, log }: DraftsOptions): Drafts => {
  const parse = ({ clip_id, json }: z.infer<typeof row>): Draft | null => {
    const parsed = draft.safeParse(parseJson(json))
    if (parsed.success) return parsed.data
    log.warn('a draft cannot be read and is begun afresh', { clipId: clip_id })
    return null
  }

  const fresh = (clipId: string): Draft => {
    const { provider, defaults } = settings()
    return draft.parse({ clipId, provider, options: defaults, updatedAt: clock.now() })
  }

  return {
    list: () =>
      database
        .rows(row, 'SELECT clip_id, json FROM drafts ORDER BY updated_at DESC')
        .flatMap((stored) => parse(stored) ?? []),
    get: (clipId) => {
      const stored = database.row(row, 'SELECT clip_id, json FROM drafts WHERE clip_id = $clipId', {
        $clipId: clipId,
      })
      return (stored && parse(stored)) ?? fresh(clipId)
    },
    save: (value) => {
      const now = clock.now()
      database.run(
        `INSERT INTO drafts (clip_id, json, updated_at) VALUES ($clipId, $json, $now)
         ON CONFLICT (clip_id) DO UPDATE SET json = $json, updated_at = $now`,
        { $clipId: value.clipId, $json: JSON.stringify({ ...value, updatedAt: now }), $now: now },
      )
    },
    check,
  }
}

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null // no object: the schema refuses it
  }
}
