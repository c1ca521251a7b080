import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Draft,
  type DraftCheck,
  draft,
  type FileRole,
  fileOf,
  modeOfSource,
  modeRow,
  type ProviderDescription,
  type Selection,
  type Settings,
} from '../../preload/contract'
import type { MediaCatalog } from '../catalog/catalog'
import { EditError } from '../catalog/edit-error'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import type { Log } from '../log'
import { estimate } from '../providers/prices'
import { type JobSpec, nameOf } from './job-spec'
import {
  checkSubmission,
  newOptions,
  noFix,
  type Submission,
  toDraft,
  toJobSpec,
} from './submission'

/** The edits that the person composes; stored with every change. */
export interface Drafts {
  /** Newest change first. */
  list: () => Draft[]
  /** The draft of a clip, or a new one with the defaults from Settings. */
  ofClip: (clipId: string) => Draft
  save: (draft: Draft) => void
  check: (draft: Draft) => DraftCheck
  /** Checks drafts in their order and lets other work run in between. Rejects like `check` throws. */
  checkMany: (drafts: readonly Draft[]) => Promise<DraftCheck[]>
  /** The draft as a job to submit; throws an `EditError` that names the first blocker. */
  toSpec: (draft: Draft) => JobSpec
  /**
   * Saves the settings of an edit as the draft of its clip and adds its files to the catalog again. Rejects for a job
   * in another mode, which no draft is made of.
   *
   * A sidecar may come from anyone: `confirm` is asked about files that the person never added. Null if they refuse.
   */
  fromSpec: (
    spec: JobSpec,
    confirm: (paths: readonly string[]) => Promise<boolean>,
  ) => Promise<Draft | null>
}

export interface DraftsOptions {
  database: Database
  settings: () => Settings
  catalog: Pick<MediaCatalog, 'get' | 'add' | 'pathOf' | 'knows'>
  providers: () => readonly ProviderDescription[]
  /** Whether there is a bucket for files that the provider does not store. */
  hasBucket: () => boolean
  clock: Pick<Clock, 'now'>
  newId: () => string
  log: Log
}

/** Drafts that are checked before other work runs: a few milliseconds. */
const atATime = 6

/** Providers and storage for checks. Slow to get: it reads files and decrypts keys. */
interface Setup {
  providers: readonly ProviderDescription[]
  hasBucket: boolean
}

const row = z.object({ id: z.string(), json: z.string() })

export const createDrafts = (options: DraftsOptions): Drafts => {
  const { database, settings, catalog, clock, log, newId } = options
  /** Ids of unsaved drafts by clip, so that a clip gets one draft only. */
  const newIds = new Map<string, string>()

  const parse = ({ id, json }: z.infer<typeof row>): Draft | null => {
    const parsed = draft.safeParse(parseJson(json))
    if (parsed.success) return parsed.data
    log.warn('A draft cannot be read and is replaced', { id })
    return null
  }

  const fresh = (clipId: string): Draft => {
    const id = newIds.get(clipId) ?? newId()
    newIds.set(clipId, id)
    const { provider, defaults } = settings()
    const offered = options.providers().find((one) => one.id === provider)
    return draft.parse({
      id,
      source: { kind: 'clip', clipId },
      provider,
      options: offered ? newOptions(offered, modeOfSource.clip, defaults) : defaults,
      updatedAt: clock.now(),
    })
  }

  const ofClip = (clipId: string): Draft | null => {
    const stored = database.row(
      row,
      'SELECT id, json FROM drafts WHERE clip_id = $clipId ORDER BY updated_at DESC LIMIT 1',
      { $clipId: clipId },
    )
    return stored && parse(stored)
  }

  const setup = (): Setup => ({
    providers: options.providers(),
    hasBucket: options.hasBucket(),
  })

  const submissionOf = (value: Draft, { providers, hasBucket }: Setup): Submission => {
    const provider = providers.find(({ id }) => id === value.provider)
    if (!provider)
      throw new EditError({ key: 'edits.unknown_provider', values: { provider: value.provider } })
    const { prompt, negativePrompt, source } = value
    const file = (role: FileRole, id: string, selection: Selection | null = null) => ({
      role,
      id,
      item: catalog.get(id),
      fix: value.fixes[id] ?? noFix,
      selection,
    })
    return {
      mode: modeOfSource[source.kind],
      provider,
      hasBucket,
      prompt,
      negativePrompt,
      options: value.options,
      files: [
        file('clip', source.clipId, source.selection),
        ...source.imageIds.map((id) => file('reference-image', id)),
      ],
    }
  }

  const check = (submission: Submission): DraftCheck =>
    checkSubmission(submission, (seconds) =>
      estimate(modeRow(submission.provider, submission.mode), {
        seconds,
        options: submission.options,
      }),
    )

  const save = (value: Draft): void => {
    const now = clock.now()
    const { id, source } = value
    database.run(
      `INSERT INTO drafts (id, clip_id, json, updated_at) VALUES ($id, $clipId, $json, $now)
       ON CONFLICT (id) DO UPDATE SET clip_id = $clipId, json = $json, updated_at = $now`,
      {
        $id: id,
        $clipId: source.clipId,
        $json: JSON.stringify({ ...value, updatedAt: now }),
        $now: now,
      },
    )
    newIds.delete(source.clipId)
  }

  return {
    list: () =>
      database
        .rows(row, 'SELECT id, json FROM drafts ORDER BY updated_at DESC')
        .flatMap((stored) => parse(stored) ?? []),
    ofClip: (clipId) => ofClip(clipId) ?? fresh(clipId),
    save,
    check: (value) => check(submissionOf(value, setup())),
    checkMany: async (values) => {
      const checks: DraftCheck[] = []
      for (let at = 0; at < values.length; at += atATime) {
        if (at > 0) await setImmediate()
        // Keys and settings may have changed.
        const now = setup()
        for (const value of values.slice(at, at + atATime))
          checks.push(check(submissionOf(value, now)))
      }
      return checks
    },
    toSpec: (value) => {
      const submission = submissionOf(value, setup())
      return toJobSpec(submission, check(submission), (id) => {
        const path = catalog.pathOf(id)
        return path === null ? null : { path, mediaId: id }
      })
    },
    fromSpec: async (spec, confirm) => {
      if (spec.mode !== 'edit') throw new EditError({ key: 'edits.no_edit', values: {} })
      const strange = spec.files.map(({ path }) => path).filter((path) => !catalog.knows(path))
      if (strange.length > 0 && !(await confirm(strange))) return null
      const idOf = await idsOf(spec, catalog)
      const clip = fileOf(spec.files, 'clip')
      const clipId = clip ? idOf(clip.path) : null
      const id = clipId === null ? null : (ofClip(clipId) ?? fresh(clipId)).id
      const value = id === null ? null : toDraft(spec, id, idOf, clock.now())
      if (!value)
        throw new EditError({ key: 'edits.file_gone', values: { name: nameOf(spec) } }, 'fix-file')
      save(value)
      return value
    },
  }
}

/** Adds the files of a job to the catalog again; gives their ids by path. */
const idsOf = async (
  spec: JobSpec,
  catalog: DraftsOptions['catalog'],
): Promise<(path: string) => string | null> => {
  const items = await catalog.add(spec.files.map(({ path }) => path))
  const ids = new Map(items.map(({ id }) => [catalog.pathOf(id), id]))
  return (path) => ids.get(path) ?? null
}

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null // refused by the schema
  }
}
