import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { billed, editOptions, fileRole, mode, providerId, selection } from '../../preload/contract'
import { jobSpec, oldJobSpec } from '../edits/job-spec'
import { syncFolder, writeNew } from '../files/atomic'
import { hasCode } from '../files/errno'
import { findInside } from '../files/inside'
import { readSmallFile } from '../files/read'
import { numbered } from './file-name'

const common = z.object({
  format: z.literal('reshoot.result'),
  id: z.uuid(),
  jobId: z.uuid(),
  /** File name, relative to the sidecar's folder. */
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
  options: editOptions,
  billed: billed.nullable(),
  /** Of the result: seconds, displayed pixels, bytes. */
  duration: z.number(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
})

const current = common.extend({
  version: z.literal(2),
  /** The set of its job. */
  setId: z.uuid(),
  mode,
  /** The names of its source files, for other programs. */
  files: z
    .array(
      z.object({
        role: fileRole,
        name: z.string(),
        selection: selection.nullable(),
        /** Of a voice: the number of its reference. */
        of: z.number().optional(),
      }),
    )
    .max(32),
  /** The complete request, to edit it again; with the paths of the computer it was made on. */
  edit: jobSpec,
})

/** Version 1, written by 0.1: one clip, its images, no set. */
const version1 = common.extend({ version: z.literal(1), edit: oldJobSpec }).transform(
  (old): z.infer<typeof current> => ({
    ...old,
    version: 2,
    setId: old.jobId,
    mode: 'edit',
    files: old.edit.files.map(({ role, name, selection }) => ({ role, name, selection })),
  }),
)

/** The JSON file beside each result, from which the index can be rebuilt. Other programs may read it. No secrets. */
export const sidecar = z.discriminatedUnion('version', [current, version1])
export type Sidecar = z.infer<typeof current>

export const sidecarSuffix = '.reshoot.json'

/** Reads a sidecar of any version; null for anything else. */
export const parseSidecar = (text: string): Sidecar | null => {
  try {
    return sidecar.parse(JSON.parse(text))
  } catch {
    return null // another program's file, or half written
  }
}

/** A sidecar on the disk, and its result (which may be missing). */
export interface FoundSidecar {
  file: string
  video: string
  made: Sidecar
}

/**
 * Writes the sidecar with the first free name, which reserves the name for the result: two processes that save at the
 * same time get different names.
 */
export const reserveName = async (
  folder: string,
  base: string,
  made: Omit<Sidecar, 'video'>,
): Promise<FoundSidecar> => {
  for (let count = 1; ; count++) {
    const name = numbered(base, count)
    const video = path.join(folder, `${name}.mp4`)
    const file = path.join(folder, `${name}${sidecarSuffix}`)
    if (existsSync(video)) continue
    const whole: Sidecar = { ...made, video: path.basename(video) }
    try {
      await writeNew(file, `${JSON.stringify(whole, null, 2)}\n`)
    } catch (error) {
      if (hasCode(error, 'EEXIST')) continue
      throw error
    }
    await syncFolder(folder)
    return { file, video, made: whole }
  }
}

/** Longest sidecar that is read, in bytes: prompts have at most some tens of kilobytes. */
const maxBytes = 1024 * 1024

/** The readable sidecars of a folder, without those of known results, one by one: all of them might not fit in memory. */
export async function* findSidecars(
  folder: string,
  known: ReadonlySet<string> = new Set(),
): AsyncGenerator<FoundSidecar> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  })
  for (const name of names.filter((each) => each.endsWith(sidecarSuffix))) {
    const file = path.join(folder, name)
    if (known.has(sameNameOf(folder, name))) continue
    const made = await readSidecar(file)
    if (made) yield { file, made, video: videoOf(folder, name, made) }
  }
}

const readSidecar = async (file: string): Promise<Sidecar | null> => {
  try {
    const text = await readSmallFile(file, maxBytes)
    return text === null ? null : parseSidecar(text)
  } catch {
    return null // missing, or no access
  }
}

/** The result's file: as named in the sidecar, or with the sidecar's name if the person renamed both. */
const videoOf = (folder: string, sidecarName: string, made: Sidecar): string => {
  const said = findInside(folder, path.basename(made.video))
  const sameName = sameNameOf(folder, sidecarName)
  return said === null || (!existsSync(said) && existsSync(sameName)) ? sameName : said
}

const sameNameOf = (folder: string, sidecarName: string): string =>
  path.join(folder, `${sidecarName.slice(0, -sidecarSuffix.length)}.mp4`)
