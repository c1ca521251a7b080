import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { inside } from '../files/inside'
import { throughTemporary } from '../files/temporary-file'
import {
  type CreateRequest,
  type Refusal,
  type RequestedFile,
  refusal,
  requestedFiles,
} from './create-request'
import { FormError, type FormFile, readForm } from './form-upload'

/** Compares two secrets in constant time. */
export const sameSecret = (given: string, expected: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** A signature that any process with the same secret can verify. */
export const sign = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url')

/** Most bytes of an object. Above preflight's limit, so that the service's own refusal of large files can be tried. */
const objectBytes = 256 * 1024 * 1024
const policySeconds = 300
/** Milliseconds an object is kept: see docs/providers/dashscope.md. */
const objectLife = 48 * 3_600_000

const keyPattern = /^sandbox\/\d{4}-\d\d-\d\d\/[0-9a-f]{16}\/[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/
const policyText = z.object({ expiresAt: z.number(), dir: z.string(), model: z.string() })

const tooLarge = refusal(400, 'EntityTooLarge', 'too large')

class TooLargeError extends Error {}

export interface StoredFile extends RequestedFile {
  path: string | null
}

/** The Sandbox's stand-in for OSS: it signs policies and keeps objects as files. */
export class ObjectStore {
  constructor(
    private readonly folder: string,
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  /** The member `data` of a getPolicy answer. */
  policy(model: string, uploadHost: string): Record<string, unknown> {
    const dir = this.newFolder()
    const text = JSON.stringify({ expiresAt: this.now() + policySeconds * 1000, dir, model })
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

  /** The files of a request, with their paths; null for a file that is not stored here. */
  filesOf(request: CreateRequest): Promise<StoredFile[]> {
    return Promise.all(
      requestedFiles(request).map(async (file) => ({ ...file, path: await this.pathOf(file.url) })),
    )
  }

  private async pathOf(url: string): Promise<string | null> {
    const key = url.replace(/^oss:\/\//, '')
    if (!keyPattern.test(key)) return null
    const path = this.place(key)
    const found = await stat(path).catch(() => null)
    return found && this.now() - found.mtimeMs < objectLife ? path : null
  }

  /** Stores the file of a form upload; null when it is stored. Its fields must match the policy, and `file` must be the last. */
  async receive(request: IncomingMessage): Promise<Refusal | null> {
    const length = Number(request.headers['content-length'])
    if (!Number.isFinite(length)) return refusal(411, 'MissingContentLength', 'no Content-Length')
    if (length > objectBytes + 1024 * 1024) return tooLarge
    try {
      const { stored, isFileLast } = await readForm(request, objectBytes, (file, fields) =>
        this.store(file, fields),
      )
      if (!isFileLast) return refusal(400, 'InvalidArgument', 'The file must be the last field.')
      if (stored === null)
        return refusal(400, 'InvalidArgument', 'POST requires exactly one file upload.')
      return stored.refused
    } catch (cause) {
      if (cause instanceof TooLargeError) return tooLarge
      if (cause instanceof FormError) return refusal(400, 'MalformedPOSTRequest', cause.message)
      throw cause
    }
  }

  /** Deletes expired objects. */
  async sweep(): Promise<void> {
    const root = join(this.folder, 'sandbox')
    const oldest = new Date(this.now() - objectLife - 86_400_000).toISOString().slice(0, 10)
    const days = await readdir(root).catch(() => [])
    for (const day of days.filter((name) => name < oldest)) {
      await rm(join(root, day), { recursive: true, force: true })
    }
  }

  private newFolder(): string {
    const day = new Date(this.now()).toISOString().slice(0, 10)
    return `sandbox/${day}/${randomBytes(8).toString('hex')}`
  }

  private place(key: string): string {
    return inside(this.folder, key)
  }

  private refuse(fields: ReadonlyMap<string, string>): Refusal | null {
    const policy = fields.get('policy') ?? ''
    if (!sameSecret(fields.get('Signature') ?? '', sign(this.secret, policy))) {
      return refusal(403, 'SignatureDoesNotMatch', 'The signature does not match.')
    }
    const { expiresAt, dir } = policyText.parse(
      JSON.parse(Buffer.from(policy, 'base64').toString()),
    )
    const denied = (what: string) =>
      refusal(403, 'AccessDenied', `Invalid according to Policy: ${what}`)
    if (this.now() > expiresAt) return denied('Policy expired.')
    const required: [string, string][] = [
      ['OSSAccessKeyId', 'sandbox'],
      ['x-oss-object-acl', 'private'],
      ['x-oss-forbid-overwrite', 'true'],
      ['success_action_status', '200'],
    ]
    const wrong = required.find(([name, value]) => fields.get(name) !== value)
    if (wrong) return denied(`${wrong[0]}.`)
    const known = [
      ...required.map(([name]) => name),
      'Signature',
      'policy',
      'key',
      'x-oss-content-type',
    ]
    const unknown = [...fields.keys()].find((name) => !known.includes(name))
    if (unknown) return refusal(400, 'InvalidArgument', `Unknown field ${unknown.slice(0, 50)}.`)
    const key = fields.get('key') ?? ''
    return key.startsWith(`${dir}/`) && keyPattern.test(key) ? null : denied('key.')
  }

  private async store({ stream }: FormFile, fields: ReadonlyMap<string, string>) {
    const refused = this.refuse(fields)
    if (refused) return { refused }
    const path = this.place(fields.get('key') ?? '')
    if (await stat(path).catch(() => null)) {
      const message = 'The object you specified already exists.'
      return { refused: refusal(409, 'FileAlreadyExists', message) }
    }
    await mkdir(dirname(path), { recursive: true })
    await throughTemporary(path, async (temporary) => {
      await pipeline(stream, createWriteStream(temporary))
      if (stream.truncated) throw new TooLargeError()
    })
    return { refused: null }
  }
}
