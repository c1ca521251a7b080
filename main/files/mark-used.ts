import { utimes } from 'node:fs/promises'

/** Says of files of ours that they were used now, so that they are kept for longer. */
export const markUsed = async (...files: string[]): Promise<void> => {
  const now = new Date()
  // A file that cannot be marked is at worst made again.
  await Promise.all(files.map((file) => utimes(file, now, now).catch(() => {})))
}
