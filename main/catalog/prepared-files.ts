import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type Facts, type Fix, facts, type Report, type Selection } from '../../preload/contract'
import { writeJson } from '../files/atomic'
import { findInside } from '../files/inside'
import { readJson } from '../files/read'
import type { MediaTools } from '../media/media-tools'
import {
  checkFile,
  clipRoleOf,
  isSoundRole,
  type Purpose,
  predictName,
  preparedExtension,
} from '../preflight'
import type { Work } from '../tools/run-tool'
import { fileIdentity } from './file-identity'
import { createSingleFlight } from './single-flight'

/** A file as it will be sent: the source itself if it needs no change. */
export interface PreparedOutcome {
  /** Id in the cache; null for an unchanged source. */
  id: string | null
  path: string
  facts: Facts
  report: Report
  /** The command that was run, quoted for a shell; null for an unchanged source. */
  command: string | null
}

/** Applies selections and fixes. Each outcome is made once and kept by content and recipe. */
export interface PreparedFiles {
  /**
   * Applies the selection and the remedies, then inspects and checks the outcome.
   * Rejects with `MediaError`, an error of the file system, or AbortError.
   */
  prepare: (
    source: string,
    facts: Facts,
    selection: Selection | null,
    fix: Fix,
    work: Work,
    purpose?: Purpose,
  ) => Promise<PreparedOutcome>
  /** File of an outcome; null if it is not in the cache. */
  pathOf: (id: string) => string | null
  stop: () => void
}

export interface PreparedFilesOptions {
  folder: string
  media: Pick<MediaTools, 'prepare' | 'inspect'>
  /** Differs for another ffmpeg, because its outcome may differ. */
  toolStamp: () => Promise<string>
}

/** Raise it when preparing changes, so that older outcomes are not used again. */
const recipeVersion = 4

/** Stored beside each outcome. */
const record = z.object({ file: z.string(), facts, command: z.string() })

export const createPreparedFiles = (options: PreparedFilesOptions): PreparedFiles => {
  const { folder, media } = options
  const flights = createSingleFlight<PreparedOutcome>()

  const recall = async (id: string, { purpose }: Recipe): Promise<PreparedOutcome | null> => {
    const recordFile = path.join(folder, `${id}.json`)
    const kept = await readJson(recordFile, record)
    if (!kept) return null
    const file = findInside(folder, path.basename(kept.file))
    if (file === null) return null
    const size = await stat(file).then(
      (found) => found.size,
      () => null,
    )
    if (size === null || size !== kept.facts.bytes) return null
    // Not marked as used: an upload in progress would treat the new time as a changed file.
    return outcome(id, file, kept.facts, kept.command, purpose)
  }

  const outcome = (
    id: string,
    file: string,
    found: Facts,
    command: string,
    purpose: Purpose | undefined,
  ): PreparedOutcome => ({
    id,
    path: file,
    facts: found,
    report: checkFile(found, path.basename(file), purpose),
    command,
  })

  const make = async (id: string, recipe: Recipe, work: Work): Promise<PreparedOutcome> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = path.join(folder, id + recipe.extension)
    const { command } = await media.prepare(recipe, file, work)
    try {
      const { signal } = work
      const found = await media.inspect(file, { decode: true, ...(signal ? { signal } : {}) })
      const kept = { file: path.basename(file), facts: found, command }
      await writeJson(path.join(folder, `${id}.json`), kept)
      return outcome(id, file, found, command, recipe.purpose)
    } catch (error) {
      await rm(file, { force: true }) // a file without its record is never found
      throw error
    }
  }

  return {
    prepare: async (source, found, selection, fix, work, purpose) => {
      const extension = preparedExtension(found, selection, fix, purpose)
      if (extension === null) return untouched(source, found, selection, fix, purpose)
      const recipe = { ...fix, path: source, facts: found, selection, extension, purpose }
      const id = recipeId(await fileIdentity(source), recipe, await options.toolStamp())
      return await flights.run(
        id,
        work,
        async (shared) => (await recall(id, recipe)) ?? (await make(id, recipe, shared)),
      )
    },
    pathOf: (id) => (/^[\da-f]{32}$/.test(id) ? findFile(folder, id) : null),
    stop: () => flights.stop(),
  }
}

interface Recipe extends Fix {
  path: string
  facts: Facts
  selection: Selection | null
  extension: string
  purpose: Purpose | undefined
}

/** The source, at most with another name for the upload. */
const untouched = (
  source: string,
  found: Facts,
  selection: Selection | null,
  fix: Fix,
  purpose: Purpose | undefined,
): PreparedOutcome => ({
  id: null,
  path: source,
  facts: found,
  report: checkFile(
    found,
    predictName(path.basename(source), found, selection, fix, purpose),
    purpose,
  ),
  command: null,
})

const recipeId = (identity: string, recipe: Recipe, toolStamp: string): string => {
  const { selection, background, crop, pad, track, extend, purpose } = recipe
  const remedies = recipe.remedies.toSorted()
  const how = [remedies, background, crop, pad, track, extend, ...purposeIn(purpose)]
  const said = JSON.stringify([recipeVersion, identity, selection, ...how, toolStamp])
  return createHash('sha256').update(said).digest('hex').slice(0, 32)
}

/** What of a purpose makes another file: most roles do not, so that window and jobs share what they prepare. */
const purposeIn = (purpose: Purpose | undefined) => {
  if (!purpose) return []
  const { role, firstFrame } = purpose
  if (role === 'last-frame') return firstFrame ? [firstFrame] : []
  return isSoundRole(role) || clipRoleOf(purpose) !== 'clip' ? [role] : []
}

const findFile = (folder: string, id: string): string | null =>
  ['.mp4', '.png', '.jpg', '.wav']
    .map((extension) => path.join(folder, id + extension))
    .find((file) => existsSync(file)) ?? null
