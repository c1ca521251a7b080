import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Draft,
  type DraftCheck,
  draft,
  modeRow,
  type ProviderDescription,
  type Settings,
} from '../../preload/contract'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import type { Log } from '../log'
import { estimate } from '../providers/prices'
import { checkDraft, storageFor } from './draft-check'
import { toDraft, toEditSpec } from './draft-spec'
import { EditError } from './edit-error'
import type { EditSpec } from './edit-spec'
import type { Drafts, MediaCatalog } from './edits'

export interface DraftsOptions {
  database: Database
  settings: () => Settings
  catalog: Pick<MediaCatalog, 'get' | 'add' | 'pathOf'>
  providers: () => readonly ProviderDescription[]
  /** Whether there is a bucket for files that a provider does not store. */
  hasBucket: () => boolean
  clock: Pick<Clock, 'now'>
  log: Log
}

/** Drafts that are checked before everything else has its turn: a few milliseconds. */
const atATime = 6

/** What of providers and storage counts for every draft; asking for it reads files and decrypts keys. */
interface Standing {
  providers: readonly ProviderDescription[]
  hasBucket: boolean
}

const row = z.object({ clip_id: z.string(), json: z.string() })

export const createDrafts = (options: DraftsOptions): Drafts => {
  const { database, settings, catalog, clock, log } = options

  const parse = ({ clip_id, json }: z.infer<typeof row>): Draft | null => {
    const parsed = draft.safeParse(parseJson(json))
    if (parsed.success) return parsed.data
    log.warn('a draft cannot be read and is begun afresh', { clipId: clip_id })
    return null
  }

  const fresh = (clipId: string): Draft => {
    const { provider, defaults } = settings()
    const row = options.providers().find(({ id }) => id === provider)
    const chosen = { ...defaults, ...(row && modeRow(row, 'edit').defaults) }
    return draft.parse({ clipId, provider, options: chosen, updatedAt: clock.now() })
  }

  const standing = (): Standing => ({
    providers: options.providers(),
    hasBucket: options.hasBucket(),
  })

  const check = (value: Draft, { providers, hasBucket }: Standing): DraftCheck => {
    const provider = providers.find(({ id }) => id === value.provider)
    if (!provider)
      throw new EditError({ key: 'edits.unknown_provider', values: { provider: value.provider } })
    const offer = modeRow(provider, 'edit')
    return checkDraft(value, {
      clip: catalog.get(value.clipId),
      images: value.imageIds.map((id) => catalog.get(id)),
      limits: offer.limits,
      hasKey: provider.key !== 'none',
      needsKey: provider.key !== 'not-needed',
      storage: storageFor(provider, hasBucket),
      estimate: (seconds) => estimate(offer, { seconds, options: value.options }),
    })
  }

  const fileOf = (id: string) => {
    const path = catalog.pathOf(id)
    const item = catalog.get(id)
    return path && item ? { path, name: item.name } : null
  }

  const save = (value: Draft): void => {
    const now = clock.now()
    database.run(
      `INSERT INTO drafts (clip_id, json, updated_at) VALUES ($clipId, $json, $now)
       ON CONFLICT (clip_id) DO UPDATE SET json = $json, updated_at = $now`,
      { $clipId: value.clipId, $json: JSON.stringify({ ...value, updatedAt: now }), $now: now },
    )
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
    save,
    check: (value) => check(value, standing()),
    checkMany: async (values) => {
      const checks: DraftCheck[] = []
      for (let at = 0; at < values.length; at += atATime) {
        if (at > 0) await setImmediate()
        // Keys and settings may be others by now.
        const now = standing()
        for (const value of values.slice(at, at + atATime)) checks.push(check(value, now))
      }
      return checks
    },
    toSpec: (value) => toEditSpec(value, check(value, standing()), fileOf),
    fromSpec: async (spec) => {
      const idOf = await idsOf(spec, catalog)
      const clipId = idOf(spec.clip.path)
      if (clipId === null)
        throw new EditError(
          { key: 'edits.file_gone', values: { name: spec.clip.name } },
          'fix-file',
        )
      const images = spec.images.filter(({ path }) => idOf(path) !== null)
      const imageIds = images.flatMap(({ path }) => idOf(path) ?? [])
      const value = toDraft({ ...spec, images }, clipId, imageIds, clock.now())
      save(value)
      return value
    },
  }
}

/** Puts the edit's files into the catalog again and tells what it calls them, by path. */
const idsOf = async (
  spec: EditSpec,
  catalog: DraftsOptions['catalog'],
): Promise<(path: string) => string | null> => {
  const items = await catalog.add([spec.clip, ...spec.images].map(({ path }) => path))
  const ids = new Map(items.map(({ id }) => [catalog.pathOf(id), id]))
  return (path) => ids.get(path) ?? null
}

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null // no object: the schema refuses it
  }
}
