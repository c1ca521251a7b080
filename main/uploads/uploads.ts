import type { Mode } from '../../preload/contract'
import { plainFailure } from '../providers/failures'
import {
  type Call,
  type LocalFile,
  type Provider,
  ProviderError,
  StorageRefusal,
} from '../providers/provider'

/** Turns local files into URLs that a provider can read. */
export interface Uploads {
  /** Rejects with `ProviderError` or AbortError. */
  toUrl: (file: LocalFile, provider: Provider, mode: Mode, call: Call) => Promise<string>
  /** Deletes what was uploaded for a job that has ended. Rejects when that was not possible now. */
  release: (uploaded: Uploaded, signal: AbortSignal) => Promise<void>
}

/** The URLs of a job's uploads, and the paths of files whose upload may be unfinished. */
export interface Uploaded {
  urls: readonly string[]
  paths: readonly string[]
}

/** A place for files; each file goes to the first place that accepts it. */
export interface UploadPlace {
  /** Null when this place is not for this provider. */
  uploadFor: (
    provider: Provider,
    mode: Mode,
  ) => ((file: LocalFile, call: Call) => Promise<string>) | null
  /** Deletes the job's files in this place; ignores addresses of other places. */
  release?: (uploaded: Uploaded, signal: AbortSignal) => Promise<void>
}

/** The provider's own storage, where it has one. It deletes files after some days. */
const ownStorage: UploadPlace = {
  uploadFor: ({ upload }, mode) => (upload ? (file, call) => upload(mode, file, call) : null),
}

/** Tries the provider's own storage, then the other places (the person's bucket). */
export const createUploads = (others: readonly UploadPlace[] = []): Uploads => {
  const places = [ownStorage, ...others]
  return {
    toUrl: async (file, provider, mode, call) => {
      let refusal: StorageRefusal | null = null
      for (const place of places) {
        const upload = place.uploadFor(provider, mode)
        if (!upload) continue
        try {
          return await upload(file, call)
        } catch (error) {
          if (!(error instanceof StorageRefusal)) throw error
          refusal = error
        }
      }
      if (refusal) throw refusal
      const values = { name: file.name, provider: provider.row.name }
      throw new ProviderError(plainFailure('upload_unsupported', values), 'no')
    },
    release: async (uploaded, signal) => {
      await Promise.all(others.map((place) => place.release?.(uploaded, signal)))
    },
  }
}
