import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** Lets `make` write beside the target under another name, and renames only what was finished. */
export const throughTemporary = async (
  target: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> => {
  const extension = extname(target)
  const name = basename(target, extension)
  const temporary = join(dirname(target), `.${name}.${randomUUID().slice(0, 8)}.part${extension}`)
  try {
    await make(temporary)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
