import { plainFailure } from '../providers/failures'
import {
  type Call,
  type LocalFile,
  type Provider,
  ProviderError,
  StorageRefusal,
} from '../providers/provider'

/** How a local file becomes a URL that a provider can read. */
export interface Uploads {
  /** Rejects with `ProviderError` or AbortError. */
  toUrl: (file: LocalFile, provider: Provider, call: Call) => Promise<string>
  /** Takes back what was uploaded for a job that has ended. Rejects when that could not be done now. */
  release: (uploaded: Uploaded, signal: AbortSignal) => Promise<void>
}

/** What a job has uploaded, and the files that it may have begun to upload. */
export interface Uploaded {
  urls: readonly string[]
  paths: readonly string[]
}

/** One place that files can be put; the first that will have a file gets it. */
export interface UploadPlace {
  /** Null when this place does not serve the provider. */
  uploadFor: (provider: Provider) => ((file: LocalFile, call: Call) => Promise<string>) | null
  /** Deletes what this place holds of it; addresses of others are left alone. */
  release?: (uploaded: Uploaded, signal: AbortSignal) => Promise<void>
}

/** The provider's own storage, where it has one; it tidies up by itself after some days. */
const ownStorage: UploadPlace = { uploadFor: (provider) => provider.upload ?? null }

/** Tries the provider's own storage, then the other places (a bucket of the person's own). */
export function createUploads(others: readonly UploadPlace[] = []): Uploads {
  const places = [ownStorage, ...others]
  return {
    toUrl: async (file, provider, call) => {
      let refusal: StorageRefusal | null = null
      for (const place of places) {
        const upload = place.uploadFor(provider)
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
      throw new ProviderError(plainFailure('local', 'none', 'upload_unsupported', values), 'no')
    },
    release: async (uploaded, signal) => {
      await Promise.all(others.map((place) => place.release?.(uploaded, signal)))
    },
  }
}
