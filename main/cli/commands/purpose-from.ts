import path from 'node:path'
import { type Facts, type FileRole, pixelsOf } from '../../../preload/contract'
import type { Purpose } from '../../preflight'
import type { CliContext } from '../context'
import type { FileTools } from '../open'
import { CliRefusal, failuresOf } from '../words/words'

/** What files are for, as the options say. */
export interface PurposeWishes {
  as?: FileRole | undefined
  /** The file of the first frame, for a last one. */
  firstFrame?: string | undefined
}

/** The purpose of each file. Throws a `CliRefusal` for a first frame that is no image. */
export const purposeFrom = async (
  { as, firstFrame }: PurposeWishes,
  { media, checkFile, usualPurpose }: Pick<FileTools, 'media' | 'checkFile' | 'usualPurpose'>,
  { cwd, signal }: Pick<CliContext, 'cwd' | 'signal'>,
): Promise<(facts: Facts) => Purpose | undefined> => {
  if (as === undefined) return ({ kind }) => usualPurpose(kind)
  if (firstFrame === undefined) return () => ({ role: as })
  const facts = await media.inspect(path.resolve(cwd, firstFrame), { signal })
  const name = path.basename(firstFrame)
  const size = facts.kind === 'image' ? pixelsOf(facts) : null
  if (size === null) {
    const failures = failuresOf(checkFile(facts, name, { role: 'first-frame' }))
    throw new CliRefusal({ key: 'cli.cannot_use', values: { name } }, failures)
  }
  return () => ({ role: as, firstFrame: size })
}
