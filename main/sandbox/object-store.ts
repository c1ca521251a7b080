import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { throughTemporary } from '../files/temporary-file'
import { boundaryOf, MultipartError, type Part, readField, readMultipart } from './multipart-reader'
import { sameSecret, sign } from './signing'

/** An answer of the storage; OSS speaks XML. */
export interface StorageAnswer {
  status: number
  code: string
  message: string
}

/** Bytes that one object may have: more than preflight lets through, so that limits can be seen to work. */
const objectBytes = 256 * 1024 * 1024
const policySeconds = 300
const fieldBytes = 64 * 1024
/** Objects live 48 hours (PROVIDERS.md §1.5). */
export const objectLife = 48 * 3_600_000

const keyPattern = /^sandbox\/\d{4}-\d\d-\d\d\/[0-9a-f]{16}\/[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/
const policyText = z.object({ expiresAt: z.number(), dir: z.string(), model: z.string() })

const error = (status: number, code: string, message: string): StorageAnswer => ({
  status,
  code,
  message,
})

class TooLarge extends Error {}

async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > objectBytes) throw new TooLarge()
    yield chunk
  }
}

/** The Sandbox's stand-in for OSS: policies are signed, objects are files, nothing is kept in memory. */
export class ObjectStore {
  constructor(
    private readonly folder: string,
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  /** The member `data` of a getPolicy answer. */
  policy(model: string, uploadHost: string): Record<string, unknown> {
    const now = this.now()
    const day = new Date(now).toISOString().slice(0, 10)
    const dir = `sandbox/${day}/${randomBytes(8).toString('hex')}`
    const text = JSON.stringify({ expiresAt: now + policySeconds * 1000, dir, model })
    const policy = Buffer.from(text).toString('base64')
    return {
      policy,
      signature: sign(this.secret, policy),
      oss_access_key_id: 'sandbox',
      upload_dir: dir,
      upload_host: uploadHost,
      expire_in_seconds: policySeconds,
      max_file_size_mb: objectBytes / 1024 / 1024,
      capacity_limit_mb: 999_999_999,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    }
  }

  /** The file behind an `oss://` address; null when there is none. */
  async pathOf(url: string): Promise<string | null> {
    const key = url.replace(/^oss:\/\//, '')
    if (!keyPattern.test(key)) return null
    const path = this.place(key)
    const found = await stat(path).catch(() => null)
    return found && this.now() - found.mtimeMs < objectLife ? path : null
  }

  /** Keeps an image that came inside a request; gives its `oss://` address. */
  async keep(bytes: Buffer, extension: string): Promise<string> {
    const day = new Date(this.now()).toISOString().slice(0, 10)
    const key = `sandbox/${day}/${randomBytes(8).toString('hex')}/inline.${extension}`
    const path = this.place(key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
    return `oss://${key}`
  }

  /** Takes a form upload; the fields must be the policy's, `file` the last of them. */
  async take(request: IncomingMessage): Promise<StorageAnswer> {
    const boundary = boundaryOf(request.headers['content-type'])
    if (boundary === null) return error(400, 'MalformedPOSTRequest', 'not multipart/form-data')
    const length = Number(request.headers['content-length'])
    if (!Number.isFinite(length)) return error(411, 'MissingContentLength', 'no Content-Length')
    if (length > objectBytes + 1024 * 1024) return error(400, 'EntityTooLarge', 'too large')
    const fields = new Map<string, string>()
    let answer: StorageAnswer | null = null
    try {
      for await (const part of readMultipart(request, boundary)) {
        if (answer) return error(400, 'InvalidArgument', 'The file must be the last field.')
        if (part.name === 'file') answer = await this.takeFile(part, fields)
        else fields.set(part.name, await readField(part, fieldBytes))
      }
    } catch (cause) {
      if (cause instanceof TooLarge) return error(400, 'EntityTooLarge', 'too large')
      if (cause instanceof MultipartError) return error(400, 'MalformedPOSTRequest', cause.message)
      throw cause
    }
    return answer ?? error(400, 'InvalidArgument', 'POST requires exactly one file upload.')
  }

  /** Deletes what is older than objects live. */
  async sweep(): Promise<void> {
    const root = join(this.folder, 'sandbox')
    const oldest = new Date(this.now() - objectLife - 86_400_000).toISOString().slice(0, 10)
    const days = await readdir(root).catch(() => [])
    for (const day of days.filter((name) => name < oldest)) {
      await rm(join(root, day), { recursive: true, force: true })
    }
  }

  private place(key: string): string {
    return join(this.folder, ...key.split('/'))
  }

  private judge(fields: ReadonlyMap<string, string>): StorageAnswer | null {
    const policy = fields.get('policy') ?? ''
    if (!sameSecret(fields.get('Signature') ?? '', sign(this.secret, policy))) {
      return error(403, 'SignatureDoesNotMatch', 'The signature does not match.')
    }
    const { expiresAt, dir } = policyText.parse(
      JSON.parse(Buffer.from(policy, 'base64').toString()),
    )
    const denied = (what: string) =>
      error(403, 'AccessDenied', `Invalid according to Policy: ${what}`)
    if (this.now() > expiresAt) return denied('Policy expired.')
    const wanted: [string, string][] = [
      ['OSSAccessKeyId', 'sandbox'],
      ['x-oss-object-acl', 'private'],
      ['x-oss-forbid-overwrite', 'true'],
      ['success_action_status', '200'],
    ]
    const wrong = wanted.find(([name, value]) => fields.get(name) !== value)
    if (wrong) return denied(`${wrong[0]}.`)
    const known = [
      ...wanted.map(([name]) => name),
      'Signature',
      'policy',
      'key',
      'x-oss-content-type',
    ]
    const stranger = [...fields.keys()].find((name) => !known.includes(name))
    if (stranger) return error(400, 'InvalidArgument', `Unknown field ${stranger.slice(0, 50)}.`)
    const key = fields.get('key') ?? ''
    return key.startsWith(`${dir}/`) && keyPattern.test(key) ? null : denied('key.')
  }

  private async takeFile(part: Part, fields: ReadonlyMap<string, string>): Promise<StorageAnswer> {
    const refusal = this.judge(fields)
    if (refusal) return refusal
    const path = this.place(fields.get('key') ?? '')
    if (await stat(path).catch(() => null)) {
      return error(409, 'FileAlreadyExists', 'The object you specified already exists.')
    }
    await mkdir(dirname(path), { recursive: true })
    await throughTemporary(path, (temporary) =>
      pipeline(bounded(part.chunks), createWriteStream(temporary)),
    )
    return { status: 200, code: '', message: '' }
  }
}
