import { plainFailure } from '../providers/failures'
import { type Call, type LocalFile, type Provider, ProviderError } from '../providers/provider'

/** How a local file becomes a URL that a provider can read. */
export interface Uploads {
  /** Rejects with `ProviderError` or AbortError. */
  toUrl: (file: LocalFile, provider: Provider, call: Call) => Promise<string>
}

/** One place that files can be put; the first that will have a file gets it. */
export interface UploadPlace {
  /** Null when this place does not serve the provider. */
  uploadFor: (provider: Provider) => ((file: LocalFile, call: Call) => Promise<string>) | null
}

/** The provider's own storage, where it has one. */
const ownStorage: UploadPlace = { uploadFor: (provider) => provider.upload ?? null }

/** Tries the provider's own storage, then the other places (a bucket of the person's own). */
export function createUploads(others: readonly UploadPlace[] = []): Uploads {
  const places = [ownStorage, ...others]
  return {
    toUrl: async (file, provider, call) => {
      for (const place of places) {
        const upload = place.uploadFor(provider)
        if (upload) return upload(file, call)
      }
      const values = { name: file.name, provider: provider.row.name }
      throw new ProviderError(plainFailure('local', 'none', 'upload_unsupported', values), 'no')
    },
  }
}
