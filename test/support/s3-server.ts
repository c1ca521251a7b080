import { existsSync, readdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import S3rver from '@20minutes/s3rver'
import { onTestFinished } from 'vitest'
import type { BucketAccess } from '../../main/uploads/bucket-access'
import { bucketSettings } from '../../preload/contract'
import { temporaryFolder } from './temporary-folder'

/** S3's names of operations. */
export type S3Operation =
  | 'PutObject'
  | 'GetObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'

/** A fault of one request: the connection breaks midway, no answer comes, S3 refuses, or another answers with 200. */
export type S3Fault = 'reset' | 'stall' | { status: number; code: string } | { page: string }

/** A real S3 server (signatures, presigned URLs, parts) behind a proxy that records and breaks requests. */
export interface S3Server {
  url: string
  bucket: string
  access: BucketAccess
  /** Operations in order, with part numbers. */
  requests: string[]
  next: (operation: S3Operation, ...faults: (S3Fault | null)[]) => void
  /** Keys of all objects in the bucket. */
  keys: () => string[]
}

const operationOf = ({ method, url }: IncomingMessage): { name: S3Operation; part: string } => {
  const { searchParams } = new URL(url ?? '/', 'http://s3')
  const part = searchParams.get('partNumber') ?? ''
  const inParts = searchParams.has('uploadId')
  const names: Record<string, S3Operation> = {
    PUT: inParts ? 'UploadPart' : 'PutObject',
    POST: inParts ? 'CompleteMultipartUpload' : 'CreateMultipartUpload',
    DELETE: inParts ? 'AbortMultipartUpload' : 'DeleteObject',
  }
  return { name: names[method ?? ''] ?? 'GetObject', part }
}

const suffix = '._S3rver_object'

/** Starts the server with an empty bucket. It ends with the test. */
export const startS3Server = async (): Promise<S3Server> => {
  const directory = temporaryFolder()
  const bucket = 'clips'
  const s3 = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  })
  await s3.configureBuckets()
  const answer = s3.callback()
  const requests: string[] = []
  const faults = new Map<S3Operation, (S3Fault | null)[]>()

  const door = createServer((request, response) => {
    const { name, part } = operationOf(request)
    requests.push(part ? `${name} ${part}` : name)
    const fault = faults.get(name)?.shift()
    if (fault) strike(fault, request, response)
    // This server cannot abort an upload.
    else if (name === 'AbortMultipartUpload') response.writeHead(204).end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    door.closeAllConnections()
    await new Promise((resolve) => door.close(resolve))
    s3.logger.exceptions.unhandle()
  })
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return {
    url,
    bucket,
    access: {
      settings: bucketSettings.parse({ endpoint: url, bucket }),
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    requests,
    next: (operation, ...more) => {
      faults.set(operation, [...(faults.get(operation) ?? []), ...more])
    },
    keys: () => {
      const root = path.join(directory, bucket)
      if (!existsSync(root)) return []
      return readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(suffix) && !name.includes('._S3rver_uploads'))
        .map((name) => name.slice(0, -suffix.length).replaceAll(path.sep, '/'))
    },
  }
}

const strike = (fault: S3Fault, request: IncomingMessage, response: ServerResponse): void => {
  if (fault === 'stall') return
  if (fault === 'reset') {
    request.once('data', () => request.socket.resetAndDestroy())
    request.once('end', () => request.socket.resetAndDestroy())
    return
  }
  request.resume()
  if ('page' in fault) {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(fault.page)
    return
  }
  response.writeHead(fault.status, { 'content-type': 'application/xml' })
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${fault.code}</Code><Message>scripted</Message><RequestId>r-1</RequestId></Error>`,
  )
}
