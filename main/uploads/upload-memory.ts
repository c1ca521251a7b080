import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writeJson } from '../files/atomic'
import { hasCode } from '../files/errno'
import { inside } from '../files/inside'
import { readJson } from '../files/read'

/** The state of an upload in parts, from which it continues after a crash. Bytes, ms since the epoch. */
const unfinishedUpload = z.object({
  /** Digest of the bucket and the file: a change of either makes another upload. Of a whole object that of its key. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string(),
  key: z.string(),
  /** Null for a whole object, which a job may not know: it is deleted with the job's other files, or when it is old. */
  uploadId: z.string().nullable(),
  partBytes: z.number().int().positive(),
  startedAt: z.number(),
  parts: z.array(z.object({ number: z.number().int(), tag: z.string(), md5: z.string() })),
})
export type UnfinishedUpload = z.infer<typeof unfinishedUpload>
export type UploadInParts = UnfinishedUpload & { uploadId: string }

/** Stores the states of uploads that are not finished, and which objects were put. */
export type UploadMemory = ReturnType<typeof createUploadMemory>

/** Stores each state in its own file, so that several processes do not disturb each other. */
export const createUploadMemory = (folder: string) => {
  const fileOf = (id: string) => inside(folder, `${id}.json`)
  return {
    /** The stored state; null for a missing or unreadable one, which costs a fresh start. */
    get: (id: string) => readJson(fileOf(id), unfinishedUpload),
    put: (upload: UnfinishedUpload) => writeJson(fileOf(upload.id), upload),
    forget: (id: string) => rm(fileOf(id), { force: true }),
    all: async (): Promise<UnfinishedUpload[]> => {
      const names = await readdir(folder).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return []
        throw error
      })
      const kept = names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
      const files = kept.map((name) => path.join(folder, name))
      const found = await Promise.all(files.map((file) => readJson(file, unfinishedUpload)))
      return found.flatMap((upload) => upload ?? [])
    },
  }
}
