import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { hasCode } from './errno'

/** A folder, a pipe, a device or a far too long file has the name of a file that the app keeps. */
export class NoFileOfOursError extends Error {
  override readonly name = 'NoFileOfOursError'
  constructor(readonly path: string) {
    super(`${path} is not a file of at most ${longest} bytes`)
  }
}

/** Bytes. The files that the app keeps for itself have some kilobytes. */
const longest = 16 * 1024 * 1024

/** Without O_NONBLOCK, opening a pipe waits until another program writes to it. */
export const readAtOnce = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Bytes of a regular file. Never waits for another program. Throws `NoFileOfOursError` and system errors. */
const bytesOf = (file: string): Buffer => {
  const handle = openSync(file, readAtOnce)
  try {
    const about = fstatSync(handle)
    if (!about.isFile() || about.size > longest) throw new NoFileOfOursError(file)
    return readFileSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * The text of a file that the app keeps; null if there is none. Throws `NoFileOfOursError`, or the system's error if it
 * exists and cannot be read.
 */
export const readIfPresent = (file: string): string | null => {
  try {
    return bytesOf(file).toString('utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    // A folder on Windows, a socket, a link that leads round in circles.
    if (hasCode(error, 'EISDIR', 'ENXIO', 'ELOOP')) throw new NoFileOfOursError(file)
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

/**
 * The text of a regular file of at most `maxBytes`; null for a pipe, a device, a folder and a longer file. Never waits
 * for another program. Rejects with system errors.
 */
export const readSmallFile = async (file: string, maxBytes: number): Promise<string | null> => {
  await using handle = await open(file, readAtOnce)
  const about = await handle.stat()
  const { size } = about
  if (!about.isFile() || size > maxBytes) return null
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(size), 0, size, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

/** The content of a JSON file that can be made again; null if it is missing, unreadable or of another version. */
export const readJson = async <T>(file: string, schema: z.ZodType<T>): Promise<T | null> => {
  try {
    return schema.parse(JSON.parse((await readSmallFile(file, longest)) ?? ''))
  } catch {
    return null
  }
}

/** Changes whenever any program writes the file; null if there is no file. */
export const stampOf = (file: string): string | null => {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true })
    return `${ino}:${size}:${mtimeNs}`
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    if (hasCode(error, 'ELOOP')) return 'a link that leads round in circles'
    throw error
  }
}

/** Copies a file that could not be understood to a dated name and returns that name; an existing copy is reused. */
export const setAside = (file: string, now: number): string => {
  const { dir, name } = path.parse(file)
  const content = bytesOf(file)
  const hasContent = (copy: string): boolean => {
    try {
      return bytesOf(copy).equals(content)
    } catch {
      return false // what was moved aside may be a folder or a pipe
    }
  }
  const kept = readdirSync(dir).find(
    (each) => each.startsWith(`${name}.unreadable-`) && hasContent(path.join(dir, each)),
  )
  if (kept !== undefined) return kept
  const copy = asideName(file, now)
  copyFileSync(file, copy, constants.COPYFILE_EXCL)
  return path.basename(copy)
}

/** Moves what is in the place of a file to a dated name, and returns that name. */
export const moveAside = (file: string, now: number): string => {
  const moved = asideName(file, now)
  renameSync(file, moved)
  return path.basename(moved)
}

/** A name that nothing has: the date, and a number where that is taken, as by what was moved in the same second. */
const asideName = (file: string, now: number): string => {
  const { dir, name, ext } = path.parse(file)
  const date = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*$/, '')
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`
    const found = path.join(dir, `${name}.unreadable-${date}${suffix}${ext}`)
    if (lstatSync(found, { throwIfNoEntry: false }) === undefined) return found
  }
}
