import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import PQueue from 'p-queue'
import type { Clock } from '../clock'
import { abortError } from '../providers/http/network-failures'
import { UploadFileError, uploadError, withAttempts } from '../providers/http/upload-attempts'
import { type Call, type LocalFile, ProviderError } from '../providers/provider'
import type { BucketAccess } from './bucket-access'
import { bucketFailure } from './bucket-failures'
import type { BucketObjects, Part } from './bucket-objects'
import { bodyOf, md5Of, type Range, rangesOf, stampOf } from './file-pieces'
import type { UnfinishedUpload, UploadInParts, UploadMemory } from './upload-memory'

interface BucketUploadOptions {
  access: BucketAccess
  objects: BucketObjects
  memory: UploadMemory
  clock: Clock
  unique: () => string
  /** Bytes of a part; storages require at least 5 MiB for all but the last. */
  partBytes?: number
}

const defaultPartBytes = 8 * 1024 * 1024
/** Parts that are uploaded at once. */
const lanes = 3
/** Milliseconds after which an unfinished upload is started again: storages delete its parts after some days. */
const staleAfter = 24 * 3_600_000

/** Codes for an upload whose parts no longer exist. */
const lostUpload = ['NoSuchUpload', 'InvalidPart', 'InvalidPartOrder']

/** Uploads files to a bucket, large ones in parts. Rejects with `ProviderError` or AbortError. */
export const createBucketUpload = (options: BucketUploadOptions) => {
  const { access, objects, memory, clock, partBytes = defaultPartBytes } = options
  const inFlight = new Set<string>()

  const errorOf = (error: unknown, file: LocalFile): ProviderError => {
    if (error instanceof ProviderError || error instanceof UploadFileError) {
      return uploadError(error, file, '')
    }
    const cause = error instanceof Error && error.cause instanceof UploadFileError && error.cause
    if (cause) return uploadError(cause, file, '')
    return new ProviderError(bucketFailure(error, access, file.name), 'no', null, { cause: error })
  }

  const persist = <T>(file: LocalFile, { signal }: Call, request: () => Promise<T>): Promise<T> =>
    withAttempts(request, { signal, clock, errorOf: (error) => errorOf(error, file) })

  const newKey = (file: LocalFile): string =>
    `${access.settings.prefix}${options.unique()}${extname(file.name).toLowerCase()}`

  /** Before an object exists, so that a process that is killed before the job has its key leaves a trace. */
  const remember = (key: string, { path }: Pick<LocalFile, 'path'>): Promise<void> => {
    const whole = { uploadId: null, partBytes, startedAt: clock.now(), parts: [] }
    return memory.put({ id: idOfKey(key), path, key, ...whole })
  }

  const remove = async (key: string, signal: AbortSignal): Promise<void> => {
    await objects.remove(key, signal)
    await memory.forget(idOfKey(key))
  }

  const putWhole = async (file: LocalFile, call: Call): Promise<string> => {
    const key = newKey(file)
    await remember(key, file)
    const range = { start: 0, bytes: file.bytes }
    const md5 = await md5Of(file.path, range, call.signal)
    await persist(file, call, () => {
      const body = bodyOf(file.path, range, (sum) => call.onProgress?.(share(sum, file.bytes)))
      const { contentType } = file
      return objects.put(key, { body, bytes: range.bytes, md5, contentType }, call.signal)
    })
    return key
  }

  /** The unfinished upload of this content, unless it is too old or was cut otherwise. */
  const remembered = async (id: string): Promise<UploadInParts | null> => {
    const known = await memory.get(id)
    if (!known) return null
    const { uploadId, startedAt } = known
    const fits = known.partBytes === partBytes && clock.now() - startedAt < staleAfter
    if (fits && uploadId !== null) return { ...known, uploadId }
    await abandon(known)
    return null
  }

  const begin = async (id: string, file: LocalFile, call: Call): Promise<UploadInParts> => {
    const key = newKey(file)
    const uploadId = await persist(file, call, () =>
      objects.begin(key, file.contentType, call.signal),
    )
    const startedAt = clock.now()
    const upload = { id, path: file.path, key, uploadId, partBytes, startedAt, parts: [] }
    await memory.put(upload)
    return upload
  }

  const putParts = async (upload: UploadInParts, file: LocalFile, call: Call): Promise<string> => {
    const ranges = rangesOf(file.bytes, partBytes)
    const stored = new Map(upload.parts.map((part) => [part.number, part]))
    const sent = ranges.map(() => 0)
    const report = (index: number, bytes: number) => {
      sent[index] = bytes
      const sum = sent.reduce((before, each) => before + each, 0)
      call.onProgress?.(share(sum, file.bytes))
    }
    // Writes are chained, so that an older state never overwrites a newer one.
    let saving = Promise.resolve()
    const save = () => {
      saving = saving.then(() => memory.put({ ...upload, parts: [...stored.values()] }))
      return saving
    }
    const putOne = async (range: Range, index: number, signal: AbortSignal) => {
      const number = index + 1
      const md5 = await md5Of(file.path, range, signal)
      // The file may have changed without a change of size and time, which only the digest shows.
      if (stored.get(number)?.md5 !== md5) {
        const tag = await persist(file, { signal }, () => {
          const body = bodyOf(file.path, range, (sum) => report(index, sum))
          const { contentType } = file
          const piece = { body, bytes: range.bytes, md5, contentType }
          return objects.putPart(upload, number, piece, signal)
        })
        stored.set(number, { number, tag, md5 })
        await save()
      }
      report(index, range.bytes)
    }
    await inParallel(ranges, call.signal, putOne)
    const parts: Part[] = [...stored.values()].sort((one, other) => one.number - other.number)
    await remember(upload.key, upload)
    await persist(file, call, () => objects.complete(upload, parts, call.signal))
    await memory.forget(upload.id)
    return upload.key
  }

  const putInParts = async (id: string, file: LocalFile, call: Call): Promise<string> => {
    const known = await remembered(id)
    if (known) {
      try {
        return await putParts(known, file, call)
      } catch (error) {
        if (!isLost(error)) throw error
        await memory.forget(id)
      }
    }
    return putParts(await begin(id, file, call), file, call)
  }

  /** Deletes the parts of an unfinished upload, or a whole object; where that fails, the storage deletes parts after some days. */
  const abandon = async (upload: UnfinishedUpload): Promise<void> => {
    const signal = AbortSignal.timeout(20_000)
    const { uploadId, key } = upload
    const deleted =
      uploadId === null ? remove(key, signal) : objects.abort({ uploadId, key }, signal)
    await deleted.catch(() => undefined)
    await memory.forget(upload.id)
  }

  return {
    abandon,
    remove,
    /** Uploads a file; gives the object's key. */
    put: async (file: LocalFile, call: Call): Promise<string> => {
      try {
        const before = await stampOf(file.path)
        if (before.bytes !== file.bytes) throw new UploadFileError('changed')
        const id = idOf(access, file, before.modifiedAt)
        // A second upload of the same file at the same time gets its own id: two must not write the same parts.
        const own = inFlight.has(id) ? idOf(access, file, before.modifiedAt, options.unique()) : id
        inFlight.add(own)
        try {
          const isSmall = file.bytes <= partBytes
          const key = await (isSmall ? putWhole(file, call) : putInParts(own, file, call))
          const after = await stampOf(file.path)
          if (after.bytes === before.bytes && after.modifiedAt === before.modifiedAt) return key
          await remove(key, call.signal).catch(() => undefined)
          throw new UploadFileError('changed')
        } finally {
          inFlight.delete(own)
        }
      } catch (error) {
        if (call.signal.aborted) throw abortError(call.signal)
        throw errorOf(error, file)
      }
    },
  }
}

const share = (bytes: number, of: number): number => (of === 0 ? 1 : Math.min(bytes / of, 1))

const isLost = (error: unknown): boolean =>
  error instanceof ProviderError && lostUpload.includes(error.failure.provider?.code ?? '')

const idOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

const idOf = (
  { settings }: BucketAccess,
  file: LocalFile,
  modifiedAt: number,
  salt = '',
): string => {
  const { endpoint, region, bucket, prefix } = settings
  const about = [endpoint, region, bucket, prefix, file.path, file.bytes, modifiedAt]
  return createHash('sha256')
    .update(JSON.stringify([...about, file.contentType, salt]))
    .digest('hex')
}

/** Works on a few items at once. After the first error no further item starts; running ones are stopped and awaited. */
const inParallel = async <T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, index: number, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const queue = new PQueue({ concurrency: lanes })
  for (const [index, item] of items.entries()) {
    const run = async () => {
      if (!either.aborted) await work(item, index, either)
    }
    // Only the first reason counts.
    queue.add(run).catch((error: unknown) => failed.abort(error))
  }
  await queue.onIdle()
  either.throwIfAborted()
}
