import { existsSync } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from '../files/atomic'
import { hasCode } from '../files/errno'
import { numbered } from './file-name'
import { parseSidecar, type Sidecar, sidecarSuffix } from './sidecar'

/** A sidecar on the disk, and the result it belongs to (which may be gone). */
export interface FoundSidecar {
  file: string
  video: string
  made: Sidecar
}

/**
 * Writes the sidecar under the first name that is free, and so takes the name for the result as well:
 * two processes that save at the same time get different names.
 */
export const takeName = async (
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

const writeNew = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Bytes of the longest sidecar that is read: prompts are at most some tens of kilobytes. */
const maxBytes = 1024 * 1024

/** Every sidecar of a folder that can be read, but for those of results that are known already. */
export const findSidecars = async (
  folder: string,
  known: ReadonlySet<string> = new Set(),
): Promise<FoundSidecar[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  })
  const found: FoundSidecar[] = []
  for (const name of names.filter((each) => each.endsWith(sidecarSuffix))) {
    const file = path.join(folder, name)
    if (known.has(sameNameOf(folder, name))) continue
    const made = await readSidecar(file)
    if (made) found.push({ file, made, video: videoOf(folder, name, made) })
  }
  return found
}

const readSidecar = async (file: string): Promise<Sidecar | null> => {
  try {
    if ((await stat(file)).size > maxBytes) return null
    return parseSidecar(await readFile(file, 'utf8'))
  } catch {
    return null // gone or not ours to read
  }
}

/** The result's file: as the sidecar says, or of the same name when a person renamed both. */
const videoOf = (folder: string, sidecarName: string, made: Sidecar): string => {
  const said = path.join(folder, path.basename(made.video))
  const sameName = sameNameOf(folder, sidecarName)
  return !existsSync(said) && existsSync(sameName) ? sameName : said
}

const sameNameOf = (folder: string, sidecarName: string): string =>
  path.join(folder, `${sidecarName.slice(0, -sidecarSuffix.length)}.mp4`)
