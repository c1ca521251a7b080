import { extname } from 'node:path'
import type { Mode } from '../../../preload/contract'
import { isPage } from '../../network/portal'
import type { AdapterOptions } from '../adapters'
import { failureOf, mayPass, plainFailure } from '../failures'
import type { createApi } from '../http/api'
import { parseJson } from '../http/loose'
import type { MultipartAnswer } from '../http/multipart-stream'
import { retryAfterOf } from '../http/network-failures'
import { uploadError, withAttempts } from '../http/upload-attempts'
import { type Call, type LocalFile, ProviderError, StorageRefusal } from '../provider'
import { fileAnswer } from './answers'
import { evoLinkFailures } from './failures'

/** Milliseconds to wait after a rate limit without a Retry-After header (docs/providers/evolink.md, "Errors"). */
export const rateLimitPause = 60_000

/**
 * EvoLink's Files API (docs/providers/evolink.md, "Upload a file"): its upload turns a file into an address that is
 * valid for 72 hours.
 *
 * Its documents mention only images, its own tools also send clips. A file that it refuses rejects with
 * `StorageRefusal`, so that another storage is tried.
 */
export const createUpload = ({
  withPng,
  clock,
  api,
  ...options
}: Pick<AdapterOptions, 'filesUrl' | 'clock' | 'unique' | 'withPng' | 'http'> & {
  api: Pick<ReturnType<typeof createApi>, 'authorization'>
}) => {
  const url = `${options.filesUrl}/api/v1/files/upload/stream`
  const { host } = new URL(url)

  /** The address in an answer. Throws `ProviderError` where there is none. */
  const addressIn = (answer: MultipartAnswer, file: LocalFile): string => {
    const said = fileAnswer.safeParse(parseJson(answer.text)).data
    const inside = said?.success === false ? (said.code ?? answer.status) : answer.status
    const status = answer.status < 300 ? inside : answer.status
    if (status >= 200 && status < 300) {
      const address = said?.data?.file_url
      if (address) return address
      const text = isPage(answer.text) ? 'network_portal' : 'answer_malformed'
      throw new ProviderError(plainFailure(text, { host }), 'no')
    }
    const words = { code: null, message: said?.msg ?? null, requestId: null, httpStatus: status }
    const failure = failureOf(words, evoLinkFailures, host)
    if (mayPass(failure) || status === 401 || status === 402) {
      const asked = retryAfterOf(answer.headers['retry-after'], clock.now())
      const usual = failure.kind === 'rate-limit' ? rateLimitPause : null
      throw new ProviderError(failure, 'refused', asked ?? usual)
    }
    const values = { name: file.name, code: words.message ?? `HTTP ${status}` }
    const refused = plainFailure('upload_refused', values, { action: 'none', provider: words })
    throw new StorageRefusal(refused, 'refused')
  }

  const send = (file: LocalFile, call: Call): Promise<string> =>
    withAttempts(
      async () => {
        const name = `${options.unique()}${extname(file.name).toLowerCase()}`
        const answer = await options.http.upload({
          url,
          headers: api.authorization(),
          fields: Object.entries({ upload_path: 'reshoot', file_name: name }),
          file: { ...file, name },
          signal: call.signal,
          onBytes: (bytes) => call.onProgress?.(bytes / file.bytes),
        })
        return addressIn(answer, file)
      },
      { signal: call.signal, clock, errorOf: (error) => uploadError(error, file, host) },
    )

  // The storage does not accept BMP, though the model reads it.
  return (_mode: Mode, file: LocalFile, call: Call): Promise<string> =>
    file.contentType === 'image/bmp' && withPng
      ? withPng(file, call, (png) => send(png, call))
      : send(file, call)
}
