import { extname } from 'node:path'
import type { Mode } from '../../../preload/contract'
import { isPage } from '../../network/portal'
import type { AdapterOptions } from '../adapters'
import { failureOf, mayPass, plainFailure } from '../failures'
import type { Refusal } from '../http/api'
import type { MultipartAnswer } from '../http/multipart-stream'
import { uploadError, withAttempts } from '../http/upload-attempts'
import { type Call, type LocalFile, ProviderError } from '../provider'
import type { UploadPolicy } from './answers'

/** Milliseconds before the end of a policy from which on new files get a new one. */
const policyMargin = 60_000
const megabyte = 1024 * 1024

/** Reads an error from the XML of OSS; null for missing elements. */
const ossErrorOf = (xml: string): Refusal => {
  const element = (name: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`, 'i').exec(xml)?.[1]?.trim() || null
  return { code: element('Code'), message: element('Message'), requestId: element('RequestId') }
}

/** The fields of the upload form, in the order of the official SDK (docs/providers/dashscope.md, "Upload a file"). */
const formFields = (policy: UploadPolicy, key: string, contentType: string): [string, string][] => [
  ['OSSAccessKeyId', policy.oss_access_key_id],
  ['Signature', policy.signature],
  ['policy', policy.policy],
  ['key', key],
  ['x-oss-object-acl', policy.x_oss_object_acl],
  ['x-oss-forbid-overwrite', policy.x_oss_forbid_overwrite],
  ['success_action_status', '200'],
  ['x-oss-content-type', contentType],
]

const isExpired = (error: Pick<Refusal, 'code' | 'message'>): boolean =>
  error.code === 'AccessDenied' && /expired/i.test(error.message ?? '')

/**
 * DashScope's temporary storage: its upload turns a file into an `oss://` address that is valid for 48 hours.
 * `policy` requests the permission to upload, which holds for one model.
 */
export const createUpload = (
  options: Pick<AdapterOptions, 'clock' | 'unique' | 'key' | 'http'> & {
    policy: (mode: Mode, call: Call) => Promise<UploadPolicy>
  },
) => {
  const { clock } = options
  const kept = new Map<Mode, { key: string | null; until: number; policy: UploadPolicy }>()

  const freshPolicy = async (mode: Mode, call: Call): Promise<UploadPolicy> => {
    const key = options.key()
    const known = kept.get(mode)
    if (known && known.key === key && clock.now() < known.until) return known.policy
    const asked = clock.now()
    const policy = await options.policy(mode, call)
    const life = (policy.expire_in_seconds ?? 300) * 1000
    kept.set(mode, { key, until: asked + life - policyMargin, policy })
    return policy
  }

  /** The error in an answer; null when the file is stored. */
  const errorIn = (answer: MultipartAnswer, mode: Mode, file: LocalFile): ProviderError | null => {
    if (answer.status >= 200 && answer.status < 300) {
      // Stored files are confirmed by an empty body.
      if (answer.text.trim() === '') return null
      const text = isPage(answer.text) ? 'network_portal' : 'answer_malformed'
      return new ProviderError(plainFailure(text, { host: hostOf(mode) }), 'no')
    }
    const said = { ...ossErrorOf(answer.text), httpStatus: answer.status }
    const known = failureOf(said, [])
    const values = { name: file.name, code: said.code ?? `HTTP ${answer.status}` }
    const failure = mayPass(known)
      ? known
      : plainFailure('upload_refused', values, { provider: said })
    return new ProviderError(failure, 'refused')
  }

  const attempt = async (mode: Mode, file: LocalFile, call: Call): Promise<string> => {
    const policy = await freshPolicy(mode, call)
    const limit = policy.max_file_size_mb
    if (limit !== null && file.bytes > limit * megabyte) {
      const values = { name: file.name, limit }
      throw new ProviderError(plainFailure('upload_too-large', values), 'no')
    }
    const name = `${options.unique()}${extname(file.name).toLowerCase()}`
    const key = `${policy.upload_dir}/${name}`
    const answer = await options.http.upload({
      url: policy.upload_host,
      fields: formFields(policy, key, file.contentType),
      file: { ...file, name },
      signal: call.signal,
      onBytes: (bytes) => call.onProgress?.(bytes / file.bytes),
    })
    const error = errorIn(answer, mode, file)
    if (!error) return `oss://${key}`
    if (isExpired(ossErrorOf(answer.text))) kept.delete(mode)
    throw error
  }

  /** An expired policy or a name that exists deserves another attempt, with a new policy or name. */
  const again = ({ failure: { provider } }: ProviderError): boolean =>
    provider?.code === 'FileAlreadyExists' || (provider !== null && isExpired(provider))

  const hostOf = (mode: Mode) => URL.parse(kept.get(mode)?.policy.upload_host ?? '')?.host ?? ''

  return (mode: Mode, file: LocalFile, call: Call): Promise<string> =>
    withAttempts(() => attempt(mode, file, call), {
      signal: call.signal,
      clock,
      errorOf: (error) => uploadError(error, file, hostOf(mode)),
      again,
    })
}
