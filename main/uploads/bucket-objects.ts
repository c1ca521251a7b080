import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { type BucketAccess, usesPathStyle } from './bucket-access'

/** The requests to a bucket, sent once each. Rejects with the SDK's or the network's errors. */
export interface BucketObjects {
  put: (key: string, piece: Piece, signal: AbortSignal) => Promise<void>
  /** Starts an upload in parts; gives its id. */
  begin: (key: string, contentType: string, signal: AbortSignal) => Promise<string>
  /** Gives the part's tag. */
  putPart: (part: PartOf, piece: Piece, signal: AbortSignal) => Promise<string>
  complete: (
    part: Omit<PartOf, 'number'>,
    parts: readonly Part[],
    signal: AbortSignal,
  ) => Promise<void>
  /** Cancels an upload in parts and deletes its parts. */
  abort: (part: Omit<PartOf, 'number'>, signal: AbortSignal) => Promise<void>
  remove: (key: string, signal: AbortSignal) => Promise<void>
  /** An address at which anybody may read the object for `seconds`. */
  presign: (key: string, seconds: number) => Promise<string>
  close: () => void
}

/** Bytes with their exact length and digest, which the storage checks. */
export interface Piece {
  body: Readable
  bytes: number
  /** Base64. */
  md5: string
  contentType: string
}

export interface PartOf {
  key: string
  uploadId: string
  number: number
}

export interface Part {
  number: number
  tag: string
}

/** Milliseconds. */
const connectTime = 10_000
const idleTime = 60_000

const nothing = () => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

/**
 * A bucket over the AWS SDK, which is loaded when it is first used.
 *
 * The SDK sends each request once: a stream cannot be sent twice, so the caller repeats requests. AWS's own checksums
 * are disabled, because other storages refuse their trailers; all of them support Content-MD5.
 */
export const openBucket = (access: BucketAccess): BucketObjects => {
  const { settings } = access
  const { bucket: Bucket } = settings
  let opened: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> | null = null

  const open = async () => {
    const sdk = await import('@aws-sdk/client-s3')
    const client = new sdk.S3Client({
      region: settings.region,
      ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
      forcePathStyle: usesPathStyle(settings),
      credentials: { accessKeyId: access.accessKeyId, secretAccessKey: access.secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 1,
      // The SDK would print a warning for every interrupted stream; the caller reports errors.
      logger: silent,
      requestHandler: { connectionTimeout: connectTime, socketTimeout: idleTime },
    })
    return { sdk, client }
  }
  const ready = () => {
    opened ??= open()
    return opened
  }

  const shared = (piece: Piece) => ({
    Bucket,
    Body: piece.body,
    ContentLength: piece.bytes,
    ContentMD5: piece.md5,
  })

  return {
    put: async (Key, piece, abortSignal) => {
      const { sdk, client } = await ready()
      const input = { ...shared(piece), Key, ContentType: piece.contentType }
      await client.send(new sdk.PutObjectCommand(input), { abortSignal })
    },
    begin: async (Key, ContentType, abortSignal) => {
      const { sdk, client } = await ready()
      const command = new sdk.CreateMultipartUploadCommand({ Bucket, Key, ContentType })
      const { UploadId } = await client.send(command, { abortSignal })
      if (!UploadId) throw new Error('the storage gave no upload id')
      return UploadId
    },
    putPart: async ({ key, uploadId, number }, piece, abortSignal) => {
      const { sdk, client } = await ready()
      const input = { ...shared(piece), Key: key, UploadId: uploadId, PartNumber: number }
      const { ETag } = await client.send(new sdk.UploadPartCommand(input), { abortSignal })
      if (!ETag) throw new Error('the storage gave no tag for a part')
      return ETag
    },
    complete: async ({ key, uploadId }, parts, abortSignal) => {
      const { sdk, client } = await ready()
      const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }))
      const input = { Bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } }
      await client.send(new sdk.CompleteMultipartUploadCommand(input), { abortSignal })
    },
    abort: async ({ key, uploadId }, abortSignal) => {
      const { sdk, client } = await ready()
      const input = { Bucket, Key: key, UploadId: uploadId }
      await client.send(new sdk.AbortMultipartUploadCommand(input), { abortSignal })
    },
    remove: async (Key, abortSignal) => {
      const { sdk, client } = await ready()
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), { abortSignal })
    },
    presign: async (Key, expiresIn) => {
      const { sdk, client } = await ready()
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
      return getSignedUrl(client, new sdk.GetObjectCommand({ Bucket, Key }), { expiresIn })
    },
    close: () => {
      opened?.then(({ client }) => client.destroy()).catch(() => undefined)
      opened = null
    },
  }
}
