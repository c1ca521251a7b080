import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BucketTest } from '../../preload/contract'
import type { Fetch, FetchAnswer } from '../network/fetch'
import { callbackProblem } from '../preflight/callback-url'
import { plainFailure } from '../providers/failures'
import type { BucketAccess } from './bucket-access'
import { bucketFailure } from './bucket-failures'
import type { BucketObjects } from './bucket-objects'

/** Milliseconds that each step may take. */
const stepTime = 20_000

/** Writes a small object, reads it by a presigned address as a service would, and deletes it, also after a failed step. */
export const testBucket = async (
  access: BucketAccess,
  objects: BucketObjects,
  { unique, fetch }: { unique: () => string; fetch: Fetch },
  signal: AbortSignal,
): Promise<BucketTest> => {
  const key = `${access.settings.prefix}test-${unique()}.txt`
  const content = Buffer.from(`reshoot ${unique()}`)
  const limited = () => AbortSignal.any([signal, AbortSignal.timeout(stepTime)])
  const failed = (step: 'write' | 'read' | 'delete', error: unknown): BucketTest => {
    signal.throwIfAborted()
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    const failure = timedOut
      ? plainFailure('network_timeout', { host: key })
      : bucketFailure(error, access, key)
    return { ok: false, step, failure }
  }

  try {
    const md5 = createHash('md5').update(content).digest('base64')
    const body = Readable.from([content])
    const piece = { body, bytes: content.length, md5, contentType: 'text/plain' }
    await objects.put(key, piece, limited())
  } catch (error) {
    return failed('write', error)
  }
  let url = ''
  let reading: BucketTest | null = null
  try {
    url = await objects.presign(key, 300)
    reading = await read(url, content, fetch, limited())
  } catch (error) {
    reading = failed('read', error)
  }
  try {
    await objects.remove(key, limited())
  } catch (error) {
    if (reading === null) return failed('delete', error)
  }
  if (reading) return reading
  const isPrivate = callbackProblem(url.replace(/^http:/, 'https:')) === 'private-host'
  return { ok: true, isPrivate }
}

/** The failure of reading an address; null when it gives this content. */
const read = async (
  url: string,
  content: Buffer,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<BucketTest | null> => {
  const answer = await fetch(url, { signal, redirect: 'error' })
  if (!answer.ok) {
    const code = `HTTP ${answer.status}`
    await answer.body?.cancel()
    return { ok: false, step: 'read', failure: plainFailure('bucket_unreadable', { code }) }
  }
  if (await holds(answer, content)) return null
  return { ok: false, step: 'read', failure: plainFailure('bucket_different') }
}

/** Whether an answer consists of exactly these bytes. Reads at most one chunk more. */
const holds = async (answer: FetchAnswer, content: Buffer): Promise<boolean> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    if (bytes > content.length) return false
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).equals(content)
}
