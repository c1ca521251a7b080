import path from 'node:path'
import { fix } from '../../preload/contract'
import type { PreparedFiles } from '../edits/prepared-files'
import { MediaError, type MediaTools } from '../media/media-tools'
import { plainFailure } from '../providers/failures'
import { ProviderError, type WithPng } from '../providers/provider'

/** Makes PNG copies for a storage that does not accept the image's format; the copies are cached like every prepared file. */
export const pngCopies =
  (media: Pick<MediaTools, 'inspect'>, prepare: PreparedFiles['prepare']): WithPng =>
  async (file, { signal }, use) => {
    const copy = async () => {
      const facts = await media.inspect(file.path, { signal })
      return prepare(file.path, facts, null, fix.parse({ remedies: ['convert'] }), { signal })
    }
    const made = await copy().catch((error: unknown) => {
      if (!(error instanceof MediaError)) throw error
      const failure = plainFailure('upload_unreadable', { name: file.name })
      throw new ProviderError(failure, 'no', null, { cause: error })
    })
    const name = `${path.parse(file.name).name}.png`
    return use({ path: made.path, name, contentType: 'image/png', bytes: made.facts.bytes ?? 0 })
  }
