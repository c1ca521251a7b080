import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'

/** Where there is no system trash: keeps the file in a `.trash` folder beside it, under a name that is free. */
export const moveToTrashFolder = async (file: string): Promise<void> => {
  const folder = path.join(path.dirname(file), '.trash')
  await mkdir(folder, { recursive: true })
  const { name, ext } = path.parse(file)
  await rename(file, path.join(folder, `${name}-${Date.now().toString(36)}${ext}`))
}
