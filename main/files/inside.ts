import path from 'node:path'

/** A name from a file, a URL or a request that would have led out of its folder. */
export class OutsideFolderError extends Error {
  override readonly name = 'OutsideFolderError'
}

/**
 * The path of a name that data gave, proven to lie inside the folder; null for any other name. A name may have parts
 * separated by '/'. Every path that is made from data goes through here or through `inside`.
 */
export const findInside = (
  folder: string,
  name: string,
  { resolve, sep }: Pick<typeof path, 'resolve' | 'sep'> = path,
): string | null => {
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0')))
    return null
  const root = resolve(folder)
  const file = resolve(root, ...parts)
  // On Windows `\` and `C:` also lead elsewhere: the result must be what the parts spell.
  return file === [root.replace(/[/\\]$/, ''), ...parts].join(sep) ? file : null
}

/** The same for a name that must be right. Throws `OutsideFolderError`. */
export const inside = (folder: string, name: string): string => {
  const file = findInside(folder, name)
  if (file === null) throw new OutsideFolderError(`${JSON.stringify(name)} is not inside ${folder}`)
  return file
}
