import { constants } from 'node:fs'
import { access, realpath, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { PassedOver } from '../../preload/contract'
import { readIfPresent } from '../files/read'
import { throughTemporary } from '../files/temporary-file'

/** What was found out about an ffmpeg of this computer. */
const examined = z.object({
  path: z.string().max(4096),
  /** Of `toolIdentity`, when it was examined. */
  identity: z.string().max(5000),
  /** Null if it does not say one. */
  version: z.string().max(200).nullable(),
  /** The version of libavutil (`Release.library`). */
  library: z.array(z.number()).max(3),
  /** The encoders and filters of ours that it lacks. */
  lacks: z.array(z.string().max(100)).max(20),
  /** Why it did not start, or how its self-test failed; null if it passed, or was not reached. */
  fault: z.string().max(500).nullable(),
})
export type Examined = z.infer<typeof examined>

export interface Examination extends Omit<Examined, 'path' | 'identity'> {
  /** False if the outcome may be another next time, on a less busy computer or a disk with space. */
  lasting: boolean
}

/** What is remembered in the home: every ffmpeg that was found, with what was found out. */
const remembered = z.array(examined).max(200)

/** libavutil's version in ffmpeg 5.0 (`oldestFfmpeg`). */
const oldest = [57, 17, 0]

/** Positive if `one` is newer. */
const compare = (one: readonly number[], other: readonly number[]): number => {
  const place = oldest.findIndex((_, at) => (one[at] ?? 0) !== (other[at] ?? 0))
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0)
}

/** Whether a release is new enough to be worth a test. */
export const isRecent = (library: readonly number[]): boolean => compare(library, oldest) >= 0

const whyNot = ({ version, library, lacks, fault }: Examined): Omit<PassedOver, 'path'> | null => {
  if (version !== null && !isRecent(library)) return { version, why: 'old', detail: '' }
  if (lacks.length > 0) return { version, why: 'lacks', detail: lacks.join(', ') }
  return fault === null ? null : { version, why: 'failed', detail: fault }
}

export interface FfmpegChoice {
  /** The newest ffmpeg that can do everything, the first of equals; null if there is none. */
  found: Pick<Examined, 'path' | 'identity' | 'version'> | null
  passedOver: PassedOver[]
}

/** Chooses among the ffmpegs of this computer, in the order in which they were found. */
export const chooseFfmpeg = (candidates: readonly Examined[]): FfmpegChoice => {
  const judged = candidates.map((each) => ({ each, not: whyNot(each) }))
  const [best] = judged
    .flatMap(({ each, not }) => (not ? [] : [each]))
    .toSorted((one, other) => compare(other.library, one.library))
  return {
    found: best ?? null,
    passedOver: judged.flatMap(({ each, not }) => (not ? [{ path: each.path, ...not }] : [])),
  }
}

/** Folders in which installers put ffmpeg, although the PATH of an app that was not started in a terminal lacks them. */
const usualFolders = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] => {
  const below = (folder: string | undefined, ...parts: string[]) =>
    folder ? [path[platform === 'win32' ? 'win32' : 'posix'].join(folder, ...parts)] : []
  if (platform === 'win32')
    return [
      ...below(env['LOCALAPPDATA'], 'Microsoft', 'WinGet', 'Links'),
      ...below(env['USERPROFILE'], 'scoop', 'shims'),
      ...below(env['ProgramData'], 'chocolatey', 'bin'),
      ...below(env['ProgramFiles'], 'ffmpeg', 'bin'),
      ...below(env['SystemDrive'] && `${env['SystemDrive']}\\`, 'ffmpeg', 'bin'),
    ]
  if (platform === 'darwin') return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin']
  // The system's own folders are on every PATH.
  return [...below(env['HOME'], '.local', 'bin'), '/home/linuxbrew/.linuxbrew/bin', '/snap/bin']
}

/** Where an ffmpeg may be: on PATH, then in the usual places. Absolute paths, each once. */
export const ffmpegPlaces = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] => {
  const { delimiter, isAbsolute, join } = path[platform === 'win32' ? 'win32' : 'posix']
  const listed = (env['PATH'] ?? env['Path'] ?? '').split(delimiter)
  const folders = [
    ...listed.map((folder) => folder.replaceAll('"', '')),
    ...usualFolders(platform, env),
  ]
  // A relative folder would make the choice depend on where the app was started.
  const files = folders
    .filter(isAbsolute)
    .map((folder) => join(folder, platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'))
  return [...new Set(files)]
}

/** Milliseconds that looking at all places may take: one may lie on a disk that does not answer. */
const lookLimit = 2_000

/** Those of the places that hold an executable file, each file once. */
export const existing = async (places: readonly string[]): Promise<string[]> => {
  const look = async (place: string): Promise<[string, string][]> => {
    try {
      await access(place, constants.X_OK)
      const file = await realpath(place)
      return (await stat(file)).isFile() ? [[file, place]] : []
    } catch {
      return [] // most places have none
    }
  }
  const { promise: late, resolve } = Promise.withResolvers<[]>()
  const timer = setTimeout(() => resolve([]), lookLimit)
  const seen = await Promise.all(places.map((place) => Promise.race([look(place), late])))
  clearTimeout(timer)
  const first = new Map<string, string>()
  for (const [file, place] of seen.flat()) if (!first.has(file)) first.set(file, place)
  return [...first.values()]
}

interface FfmpegSearchOptions {
  /** Where what was found out is kept; nothing is kept if its folder does not exist. */
  file: string
  /** The ffmpegs of this computer, in order of preference. */
  places: () => Promise<string[]>
  /** Tries one. Never rejects. */
  examine: (path: string) => Promise<Examination>
  /** Differs once a file was replaced. */
  identity: (path: string) => string
  /** The search waits for this. */
  start?: Promise<unknown>
}

export interface FfmpegSearch {
  /** What is known so far. Starts no process. */
  known: () => FfmpegChoice
  /** Looks at this computer again; tries only what is new here or failed for a reason that may pass. Never rejects. */
  search: () => Promise<FfmpegChoice>
  /** Searches, unless that was done and what was chosen is still there. */
  settle: () => Promise<void>
}

/** Finds the newest capable ffmpeg of this computer. What was found out of an executable is kept until it is replaced. */
export const createFfmpegSearch = (options: FfmpegSearchOptions): FfmpegSearch => {
  const { file, identity } = options
  let memory: Examined[] | null = null
  /** Those of `memory` that are tried again in the next search, and not kept. */
  const passing = new WeakSet<Examined>()
  let searched = false
  let searching: Promise<FfmpegChoice> | null = null

  const isCurrent = (each: Examined): boolean => identity(each.path) === each.identity
  const recall = (): Examined[] => {
    memory ??= read(file).filter(isCurrent)
    return memory
  }

  const look = async (): Promise<FfmpegChoice> => {
    await options.start
    const kept = recall().filter((each) => isCurrent(each) && !passing.has(each))
    const all: Examined[] = []
    for (const place of await options.places()) {
      const before = kept.find((each) => each.path === place)
      if (before) {
        all.push(before)
        continue
      }
      const stamp = identity(place)
      const { lasting, ...outcome } = await options.examine(place)
      const found = { ...outcome, path: place, identity: stamp }
      all.push(found)
      if (!lasting) passing.add(found)
    }
    memory = all
    searched = true
    const lasting = all.filter((each) => !passing.has(each))
    if (JSON.stringify(lasting) !== JSON.stringify(read(file))) await remember(file, lasting)
    return chooseFfmpeg(all)
  }
  const search = (): Promise<FfmpegChoice> => {
    searching ??= look().finally(() => {
      searching = null
    })
    return searching
  }

  return {
    known: () => chooseFfmpeg(recall()),
    search,
    settle: async () => {
      const { found } = chooseFfmpeg(recall())
      if (searched && (found === null || identity(found.path) === found.identity)) return
      await search()
    },
  }
}

/** Empty if there is no file, or it cannot be understood: then every ffmpeg is tried again. */
const read = (file: string): Examined[] => {
  try {
    return remembered.parse(JSON.parse(readIfPresent(file) ?? '[]'))
  } catch {
    return []
  }
}

const remember = async (file: string, found: readonly Examined[]): Promise<void> => {
  await throughTemporary(file, (temporary) =>
    writeFile(temporary, JSON.stringify(found), { mode: 0o600 }),
  ).catch(() => {}) // a home that is not there or is read-only: the next start tries again
}
