/** As much of the S3 server's interface as the tests use; it brings no types of its own. */
declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http'

  // biome-ignore lint/style/noDefaultExport: it is how the package is made
  export default class S3rver {
    constructor(options: {
      directory: string
      silent: boolean
      configureBuckets: readonly { name: string }[]
      vhostBuckets?: boolean
      serviceEndpoint?: string
      allowMismatchedSignatures?: boolean
    })
    logger: { exceptions: { unhandle: () => void } }
    configureBuckets(): Promise<unknown>
    callback(): RequestListener
  }
}
