import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { Clock } from '../clock'
import { mayPass } from '../providers/failures'
import { abortError } from '../providers/http/abort-error'
import { uploadError } from '../providers/http/upload-attempts'
import { UploadFileError } from '../providers/http/upload-error'
import { type Call, type LocalFile, ProviderError } from '../providers/provider'
import type { BucketAccess } from './bucket-access'
import { bucketFailure, storageAnswerOf } from './bucket-failures'
import type { BucketObjects, Part } from './bucket-objects'
import { bodyOf, md5Of, type Range, rangesOf, stampOf } from './file-pieces'
import type { UnfinishedUpload, UploadMemory } from './upload-memory'

export interface BucketUploadOptions {
  access: BucketAccess
  objects: BucketObjects
  memory: UploadMemory
  clock: Clock
  unique: () => string
  /** Bytes of a part; storages want at least 5 MiB of all but the last. */
  partBytes?: number
}

const defaultPartBytes = 8 * 1024 * 1024
/** Parts on their way at once. */
const lanes = 3
const attempts = 4
/** Milliseconds; doubles from there. */
const firstPause = 500
/** Milliseconds after which an unfinished upload is begun anew: storages tidy them away after some days. */
const staleAfter = 24 * 3_600_000

/** Answers that say that the parts of an upload are not there any more. */
const lostUpload = ['NoSuchUpload', 'InvalidPart', 'InvalidPartOrder']

/** A stored object by its key. Each upload rejects with `ProviderError` or AbortError. */
export function createBucketUpload(options: BucketUploadOptions) {
  const { access, objects, memory, clock } = options
  const partBytes = options.partBytes ?? defaultPartBytes
  const inFlight = new Set<string>()

  const failureOf = (error: unknown, file: LocalFile): ProviderError => {
    if (error instanceof ProviderError || error instanceof UploadFileError) {
      return uploadError(error, file, '')
    }
    const cause = error instanceof Error && error.cause instanceof UploadFileError && error.cause
    if (cause) return uploadError(cause, file, '')
    return new ProviderError(bucketFailure(error, access, file.name), 'no', null, { cause: error })
  }

  /** One request, again after passing trouble. */
  async function persist<T>(file: LocalFile, call: Call, request: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        call.signal.throwIfAborted()
        return await request()
      } catch (error) {
        if (call.signal.aborted) throw abortError(call.signal)
        if (isLost(error)) throw error
        const known = failureOf(error, file)
        if (tried === attempts || !mayPass(known.failure)) throw known
        await clock.sleep(firstPause * 2 ** (tried - 1), call.signal)
      }
    }
  }

  const newKey = (file: LocalFile): string =>
    `${access.settings.prefix}${options.unique()}${extname(file.name).toLowerCase()}`

  async function putWhole(file: LocalFile, call: Call): Promise<string> {
    const key = newKey(file)
    const range = { start: 0, bytes: file.bytes }
    const md5 = await md5Of(file.path, range, call.signal)
    await persist(file, call, () => {
      const body = bodyOf(file.path, range, (sum) => call.onProgress?.(share(sum, file.bytes)))
      const { contentType } = file
      return objects.put(key, { body, bytes: range.bytes, md5, contentType }, call.signal)
    })
    return key
  }

  /** What is known of an upload of this very content, unless somebody else goes on with it or it is too old. */
  async function remembered(id: string): Promise<UnfinishedUpload | null> {
    const known = await memory.get(id)
    const fits = known?.partBytes === partBytes && clock.now() - known.startedAt < staleAfter
    if (known && !fits) await abandon(known)
    return fits ? known : null
  }

  async function begin(id: string, file: LocalFile, call: Call): Promise<UnfinishedUpload> {
    const key = newKey(file)
    const uploadId = await persist(file, call, () =>
      objects.begin(key, file.contentType, call.signal),
    )
    const upload = {
      id,
      path: file.path,
      key,
      uploadId,
      partBytes,
      startedAt: clock.now(),
      parts: [],
    }
    await memory.put(upload)
    return upload
  }

  async function putParts(upload: UnfinishedUpload, file: LocalFile, call: Call): Promise<string> {
    const ranges = rangesOf(file.bytes, partBytes)
    const stored = new Map(upload.parts.map((part) => [part.number, part]))
    const sent = ranges.map(() => 0)
    const tell = (index: number, bytes: number) => {
      sent[index] = bytes
      call.onProgress?.(
        share(
          sent.reduce((sum, each) => sum + each, 0),
          file.bytes,
        ),
      )
    }
    // One write after the other: an older one must not come last.
    let saving = Promise.resolve()
    const save = () => {
      saving = saving.then(() => memory.put({ ...upload, parts: [...stored.values()] }))
      return saving
    }
    const putOne = async (range: Range, index: number, signal: AbortSignal) => {
      const number = index + 1
      const md5 = await md5Of(file.path, range, signal)
      // The file may have been written anew with its old size and time: only the digest knows.
      if (stored.get(number)?.md5 !== md5) {
        const part = { key: upload.key, uploadId: upload.uploadId, number }
        const tag = await persist(file, { signal }, () => {
          const body = bodyOf(file.path, range, (sum) => tell(index, sum))
          const { contentType } = file
          return objects.putPart(part, { body, bytes: range.bytes, md5, contentType }, signal)
        })
        stored.set(number, { number, tag, md5 })
        await save()
      }
      tell(index, range.bytes)
    }
    await inLanes(ranges, call.signal, putOne)
    const parts: Part[] = [...stored.values()].sort((one, other) => one.number - other.number)
    await persist(file, call, () => objects.complete(upload, parts, call.signal))
    await memory.forget(upload.id)
    return upload.key
  }

  async function putInParts(id: string, file: LocalFile, call: Call): Promise<string> {
    const known = await remembered(id)
    if (known) {
      try {
        return await putParts(known, file, call)
      } catch (error) {
        if (!isLost(error)) throw error
        await memory.forget(id)
      }
    }
    try {
      return await putParts(await begin(id, file, call), file, call)
    } catch (error) {
      throw isLost(error) ? failureOf(error, file) : error
    }
  }

  /** Gives up what is stored of an unfinished upload; what cannot be reached now is left to the storage's own rules. */
  async function abandon(upload: UnfinishedUpload): Promise<void> {
    const signal = AbortSignal.timeout(20_000)
    await objects.abort(upload, signal).catch(() => undefined)
    await memory.forget(upload.id)
  }

  return {
    abandon,
    /** Stores a file; gives the object's key. */
    put: async (file: LocalFile, call: Call): Promise<string> => {
      try {
        const before = await stampOf(file.path)
        if (before.bytes !== file.bytes) throw new UploadFileError('changed')
        const id = idOf(access, file, before.modifiedAt)
        // The same file a second time at once goes its own way: two must not write the same parts.
        const own = inFlight.has(id) ? idOf(access, file, before.modifiedAt, options.unique()) : id
        inFlight.add(own)
        try {
          const isSmall = file.bytes <= partBytes
          const key = await (isSmall ? putWhole(file, call) : putInParts(own, file, call))
          const after = await stampOf(file.path)
          if (after.bytes === before.bytes && after.modifiedAt === before.modifiedAt) return key
          await objects.remove(key, call.signal).catch(() => undefined)
          throw new UploadFileError('changed')
        } finally {
          inFlight.delete(own)
        }
      } catch (error) {
        if (call.signal.aborted) throw abortError(call.signal)
        throw failureOf(error, file)
      }
    },
  }
}

const share = (bytes: number, of: number): number => (of === 0 ? 1 : Math.min(bytes / of, 1))

const isLost = (error: unknown): boolean => lostUpload.includes(storageAnswerOf(error)?.code ?? '')

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

/** Works through the items a few at a time; the first that fails stops the others, which are waited for. */
async function inLanes<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, index: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  let first: { error: unknown } | null = null
  const entries = items.entries()
  const lane = async () => {
    for (const [index, item] of entries) {
      if (either.aborted) return
      try {
        await work(item, index, either)
      } catch (error) {
        first ??= { error }
        failed.abort()
        return
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  signal.throwIfAborted()
  if (first) throw (first as { error: unknown }).error
}
