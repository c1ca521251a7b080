import { constants, copyFileSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { hasCode } from './errno'

/** The text of a file; null if there is none. Throws if it exists and cannot be read. */
export const readIfPresent = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

/**
 * The text of a regular file of at most `maxBytes`; null for a pipe, a device, a folder and a longer file. Never waits
 * for another program. Rejects with system errors.
 */
export const readSmallFile = async (file: string, maxBytes: number): Promise<string | null> => {
  // Without O_NONBLOCK, opening a pipe waits until somebody writes to it.
  await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const about = await handle.stat()
  const { size } = about
  if (!about.isFile() || size > maxBytes) return null
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(size), 0, size, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

/** The content of a JSON file that can be made again; null if it is missing, unreadable or of another version. */
export const readJson = async <T>(file: string, schema: z.ZodType<T>): Promise<T | null> => {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
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
    throw error
  }
}

/** Copies a file that could not be understood to a dated name and returns that name; an existing copy is reused. */
export const setAside = (file: string, now: number): string => {
  const { dir, name, ext } = path.parse(file)
  const content = readFileSync(file)
  const kept = readdirSync(dir).find(
    (each) =>
      each.startsWith(`${name}.unreadable-`) && readFileSync(path.join(dir, each)).equals(content),
  )
  if (kept !== undefined) return kept
  const copy = path.join(dir, `${name}.unreadable-${dateOf(now)}${ext}`)
  copyFileSync(file, copy)
  return path.basename(copy)
}

/** Moves what is in the place of a file to a dated name, and returns that name. */
export const moveAside = (file: string, now: number): string => {
  const { dir, name, ext } = path.parse(file)
  const moved = path.join(dir, `${name}.unreadable-${dateOf(now)}${ext}`)
  renameSync(file, moved)
  return path.basename(moved)
}

const dateOf = (now: number): string =>
  new Date(now).toISOString().replaceAll(':', '-').replace(/\..*$/, '')
