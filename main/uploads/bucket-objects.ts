import type { Readable } from 'node:stream'
import type { S3 } from '@aws-sdk/client-s3'
import type { Network } from '../network/network'
import { PortalError } from '../network/portal'
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
const idleTime = 60_000

const nothing = () => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

/** What S3 promises in every answer of success. Throws `PortalError` where it is missing: then S3 did not answer. */
const promised = (value: string | undefined): string => {
  if (!value) throw new PortalError()
  return value
}

/**
 * A bucket over the AWS SDK, which is loaded when it is first used.
 *
 * The SDK sends each request once: a stream cannot be sent twice, so the caller repeats requests. AWS's own checksums
 * are disabled, because other storages refuse their trailers; all of them support Content-MD5.
 */
export const openBucket = (access: BucketAccess, network: Network) => {
  const { settings } = access
  const { bucket: Bucket } = settings
  let opened: Promise<S3> | null = null

  const open = async () => {
    const [sdk, { createAgent }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../network/agent'),
    ])
    const agent = createAgent(network, { keepAlive: true })
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
      requestHandler: { socketTimeout: idleTime, httpAgent: agent, httpsAgent: agent },
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
      const { ETag } = await s3.putObject(input, { abortSignal })
      promised(ETag)
    },
    /** Starts an upload in parts; gives its id. */
    begin: async (Key: string, ContentType: string, abortSignal: AbortSignal): Promise<string> => {
      const s3 = await ready()
      const input = { Bucket, Key, ContentType }
      const { UploadId } = await s3.createMultipartUpload(input, { abortSignal })
      return promised(UploadId)
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
      return promised(ETag)
    },
    complete: async (
      { key: Key, uploadId: UploadId }: MultipartUpload,
      parts: readonly Part[],
      abortSignal: AbortSignal,
    ): Promise<void> => {
      const s3 = await ready()
      const Parts = parts.map(({ number, tag }) => ({ PartNumber: number, ETag: tag }))
      const input = { Bucket, Key, UploadId, MultipartUpload: { Parts } }
      const { ETag } = await s3.completeMultipartUpload(input, { abortSignal })
      promised(ETag)
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
