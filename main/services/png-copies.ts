import path from 'node:path'
import { fix } from '../../preload/contract'
import type { PreparedFiles } from '../catalog/prepared-files'
import type { MediaTools } from '../media/media-tools'
import { plainFailure } from '../providers/failures'
import { ProviderError, type WithPng } from '../providers/provider'
import { MediaError } from '../tools/media-error'

/** Converts an image to PNG for a storage that accepts no other format. The copies are cached like all prepared files. */
export const createPngCopies =
  (media: Pick<MediaTools, 'inspect'>, prepare: PreparedFiles['prepare']): WithPng =>
  async (file, { signal }, use) => {
    const convert = async () => {
      const facts = await media.inspect(file.path, { signal })
      return prepare(file.path, facts, null, fix.parse({ remedies: ['convert'] }), { signal })
    }
    const made = await convert().catch((error: unknown) => {
      if (!(error instanceof MediaError)) throw error
      const failure = plainFailure('upload_unreadable', { name: file.name })
      throw new ProviderError(failure, 'no', null, { cause: error })
    })
    const name = `${path.parse(file.name).name}.png`
    return use({ path: made.path, name, contentType: 'image/png', bytes: made.facts.bytes ?? 0 })
  }
