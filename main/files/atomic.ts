import { randomBytes } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

/** Writes all of a small file or nothing: temporary name beside it, fsync, rename. */
export const writeAtomically = (file: string, content: string, mode = 0o600): void => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  const handle = openSync(temporary, 'wx', mode)
  try {
    fchmodSync(handle, mode) // the umask may have taken bits away
    writeFileSync(handle, content)
    fsyncSync(handle)
  } catch (error) {
    closeSync(handle)
    rmSync(temporary, { force: true })
    throw error
  }
  closeSync(handle)
  try {
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true }) // it may hold a key
    throw error
  }
}

/** The text of a file; null when there is none. Rejects when it is there and cannot be read. */
export const readIfPresent = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

/** Something that differs whenever the file was written by anyone; null when there is no file. */
export const stampOf = (file: string): string | null => {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true })
    return `${ino}:${size}:${mtimeNs}`
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Keeps a copy of a file that could not be understood, under a dated name; gives that name. One that is kept already is not kept again. */
export const setAside = (file: string, now: number): string => {
  const { dir, name, ext } = path.parse(file)
  const content = readFileSync(file)
  const kept = readdirSync(dir).find(
    (each) =>
      each.startsWith(`${name}.unreadable-`) && readFileSync(path.join(dir, each)).equals(content),
  )
  if (kept !== undefined) return kept
  const date = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*$/, '')
  const copy = path.join(dir, `${name}.unreadable-${date}${ext}`)
  copyFileSync(file, copy)
  return path.basename(copy)
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
