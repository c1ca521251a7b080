import type { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import { type BucketAccess, usesPathStyle } from './bucket-access'

/** The requests to a bucket, sent once each. Rejects with the SDK's or the network's errors. */
export type BucketObjects = ReturnType<typeof openBucket>

/** Bytes with their exact length and digest, which the storage checks. */
interface Piece {
  body: Readable
  bytes: number
  /** Base64. */
  md5: string
  contentType: string
}

interface MultipartUpload {
  key: string
  uploadId: string
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
export const openBucket = (access: BucketAccess) => {
  const { settings } = access
  const { bucket: Bucket } = settings
  let opened: Promise<S3> | null = null

  const open = async () => {
    const sdk = await import('@aws-sdk/client-s3')
    return new sdk.S3({
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
    put: async (Key: string, piece: Piece, abortSignal: AbortSignal): Promise<void> => {
      const s3 = await ready()
      const input = { ...shared(piece), Key, ContentType: piece.contentType }
      await s3.putObject(input, { abortSignal })
    },
    /** Starts an upload in parts; gives its id. */
    begin: async (Key: string, ContentType: string, abortSignal: AbortSignal): Promise<string> => {
      const s3 = await ready()
      const input = { Bucket, Key, ContentType }
      const { UploadId } = await s3.createMultipartUpload(input, { abortSignal })
      if (!UploadId) throw new Error('the storage gave no upload id')
      return UploadId
    },
    /** Gives the part's tag. */
    putPart: async (
      { key: Key, uploadId: UploadId }: MultipartUpload,
      PartNumber: number,
      piece: Piece,
      abortSignal: AbortSignal,
    ): Promise<string> => {
      const s3 = await ready()
      const input = { ...shared(piece), Key, UploadId, PartNumber }
      const { ETag } = await s3.uploadPart(input, { abortSignal })
      if (!ETag) throw new Error('the storage gave no tag for a part')
      return ETag
    },
    complete: async (
      { key: Key, uploadId: UploadId }: MultipartUpload,
      parts: readonly Part[],
      abortSignal: AbortSignal,
    ): Promise<void> => {
      const s3 = await ready()
      const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }))
      const input = { Bucket, Key, UploadId, MultipartUpload: { Parts } }
      await s3.completeMultipartUpload(input, { abortSignal })
    },
    /** Cancels an upload in parts and deletes its parts. */
    abort: async (
      { key: Key, uploadId: UploadId }: MultipartUpload,
      abortSignal: AbortSignal,
    ): Promise<void> => {
      const s3 = await ready()
      await s3.abortMultipartUpload({ Bucket, Key, UploadId }, { abortSignal })
    },
    remove: async (Key: string, abortSignal: AbortSignal): Promise<void> => {
      const s3 = await ready()
      await s3.deleteObject({ Bucket, Key }, { abortSignal })
    },
    /** An address at which anybody may read the object for `expiresIn` seconds. */
    presign: async (Key: string, expiresIn: number): Promise<string> => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3')
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
      return getSignedUrl(await ready(), new GetObjectCommand({ Bucket, Key }), { expiresIn })
    },
    close: (): void => {
      opened?.then((s3) => s3.destroy()).catch(() => undefined)
      opened = null
    },
  }
}
