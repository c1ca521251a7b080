import { rename } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from './make-folder'

/** Where there is no system trash: keeps the file in a `.trash` folder beside it, under a name that is free. */
export const moveToTrashFolder = async (file: string): Promise<void> => {
  const folder = path.join(path.dirname(file), '.trash')
  makeFolder(folder)
  const { name, ext } = path.parse(file)
  await rename(file, path.join(folder, `${name}-${Date.now().toString(36)}${ext}`))
}
