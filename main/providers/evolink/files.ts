import { extname } from 'node:path'
import type { Clock } from '../../clock'
import { failureOf, mayPass, plainFailure } from '../failures'
import type { Api } from '../http/api'
import { type MultipartAnswer, sendMultipart } from '../http/multipart-stream'
import { retryAfterOf } from '../http/retry-after'
import { uploadWithAttempts } from '../http/upload-attempts'
import { type Call, type LocalFile, ProviderError, StorageRefusal } from '../provider'
import { fileAnswer } from './answers'
import { evoLinkFailures } from './failures'

export interface EvoLinkFilesOptions {
  /** Origin of the Files API; it is not the API's own. */
  filesUrl: string
  api: Pick<Api, 'authorization'>
  clock: Clock
  unique: () => string
  withPng?: WithPng
}

/** Gives a PNG of an image to somebody who needs one; it is gone when they are done. */
export type WithPng = <T>(
  file: LocalFile,
  call: Call,
  use: (png: LocalFile) => Promise<T>,
) => Promise<T>

const folder = 'reshoot'

/** Milliseconds to wait after a rate limit that does not say how long (PROVIDERS.md §2.3). */
export const rateLimitPause = 60_000

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no object: the schema refuses it
  }
}

/**
 * EvoLink's Files API (PROVIDERS.md §2.4): a file becomes an address that lives 72 hours.
 *
 * Its documents speak of images alone, its own tools send it clips too: what it refuses rejects with
 * `StorageRefusal`, so that another storage can be tried.
 */
export function createEvoLinkFiles(options: EvoLinkFilesOptions) {
  const url = `${options.filesUrl}/api/v1/files/upload/stream`
  const { host } = new URL(url)

  function judge(answer: MultipartAnswer, file: LocalFile): string {
    const said = fileAnswer.safeParse(parse(answer.text)).data
    const inside = said?.success === false ? (said.code ?? answer.status) : answer.status
    const status = answer.status < 300 ? inside : answer.status
    const address = said?.data?.file_url
    if (status >= 200 && status < 300 && address) return address
    const words = { code: null, message: said?.msg ?? null, requestId: null, httpStatus: status }
    if (status >= 200 && status < 300) {
      throw new ProviderError(
        plainFailure('temporary', 'try-again', 'answer_malformed', { host }),
        'no',
      )
    }
    const failure = failureOf(words, evoLinkFailures, host)
    if (mayPass(failure) || status === 401 || status === 402) {
      const asked = retryAfterOf(answer.headers['retry-after'], options.clock.now())
      const usual = failure.kind === 'rate-limit' ? rateLimitPause : null
      throw new ProviderError(failure, 'refused', asked ?? usual)
    }
    const values = { name: file.name, code: words.message ?? `HTTP ${status}` }
    const refused = plainFailure('invalid-input', 'none', 'upload_refused', values)
    throw new StorageRefusal({ ...refused, provider: words }, 'refused')
  }

  const send = (file: LocalFile, call: Call): Promise<string> =>
    uploadWithAttempts(
      async () => {
        const name = `${options.unique()}${extname(file.name).toLowerCase()}`
        const answer = await sendMultipart({
          url,
          headers: options.api.authorization(),
          fields: [
            ['upload_path', folder],
            ['file_name', name],
          ],
          file: { ...file, name },
          signal: call.signal,
          onBytes: (bytes) => call.onProgress?.(file.bytes === 0 ? 1 : bytes / file.bytes),
        })
        return judge(answer, file)
      },
      { file, call, clock: options.clock, host: () => host },
    )

  return {
    upload: async (file: LocalFile, call: Call): Promise<string> => {
      // BMP is not among the image types that are stored, though the model reads it.
      const { withPng } = options
      if (file.contentType !== 'image/bmp' || !withPng) return send(file, call)
      return withPng(file, call, (png) => send(png, call))
    },
  }
}
