import { rename } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from './make-folder'

/** For systems without a trash: moves a file into a `.trash` folder beside it, under an unused name. */
export const moveToTrashFolder = async (file: string): Promise<void> => {
  const folder = path.join(path.dirname(file), '.trash')
  makeFolder(folder)
  const { name, ext } = path.parse(file)
  await rename(file, path.join(folder, `${name}-${Date.now().toString(36)}${ext}`))
}
