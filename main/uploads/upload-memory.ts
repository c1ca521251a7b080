import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** The state of an upload in parts, from which it continues after a crash. Bytes, ms since the epoch. */
export const unfinishedUpload = z.object({
  /** Digest of the bucket and the file: a change of either makes another upload. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string(),
  key: z.string(),
  uploadId: z.string(),
  partBytes: z.number().int().positive(),
  startedAt: z.number(),
  parts: z.array(z.object({ number: z.number().int(), tag: z.string(), md5: z.string() })),
})
export type UnfinishedUpload = z.infer<typeof unfinishedUpload>

/** Stores the states of unfinished uploads. */
export interface UploadMemory {
  get: (id: string) => Promise<UnfinishedUpload | null>
  put: (upload: UnfinishedUpload) => Promise<void>
  forget: (id: string) => Promise<void>
  all: () => Promise<UnfinishedUpload[]>
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** The state in a file; null when it is missing or invalid: the upload then starts again. */
const read = async (file: string): Promise<UnfinishedUpload | null> => {
  try {
    return unfinishedUpload.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return null
    throw error
  }
}

/** Stores each state in its own file, so that several processes do not disturb each other. */
export const createUploadMemory = (folder: string): UploadMemory => {
  const fileOf = (id: string) => path.join(folder, `${id}.json`)
  return {
    get: (id) => read(fileOf(id)),
    put: async (upload) => {
      await mkdir(folder, { recursive: true })
      const temporary = `${fileOf(upload.id)}.${process.pid}.tmp`
      await writeFile(temporary, JSON.stringify(upload), { mode: 0o600 })
      await rename(temporary, fileOf(upload.id))
    },
    forget: (id) => rm(fileOf(id), { force: true }),
    all: async () => {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      const kept = names.filter((name) => name.endsWith('.json'))
      const found = await Promise.all(kept.map((name) => read(path.join(folder, name))))
      return found.flatMap((upload) => upload ?? [])
    },
  }
}
