import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder'

const run = (command: 'mount' | 'umount', ...args: string[]) =>
  execFileSync(command, args, { stdio: 'pipe' })

const mount = (type: string, from: string, options: string, folder: string): void => {
  run('mount', ...(type ? ['-t', type] : []), '-o', options, from, folder)
}

const mayMount = (): boolean => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reshoot-test-'))
  try {
    mount('tmpfs', 'reshoot-test', 'size=1m', folder)
    run('umount', folder)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}

/** Why tests that need a disk of their own are skipped; null where they run. */
export const noDisk: string | null =
  process.platform === 'linux' && process.getuid?.() === 0 && mayMount()
    ? null
    : 'needs root on Linux, and the right to mount'

/** A name for such tests, with the reason where they are skipped. */
export const withDisk = (name: string): string => (noDisk === null ? name : `${name} (${noDisk})`)

const megabytes = 200

/** A disk in memory, which takes only the memory of its files. It goes with the test. */
export const smallDisk = () => {
  const root = temporaryFolder()
  const disk = path.join(root, 'disk')
  const folder = path.join(root, 'drive')
  for (const each of [disk, folder]) mkdirSync(each)
  mount('tmpfs', 'reshoot-test', `size=${megabytes}m`, disk)
  onTestFinished(() => void run('umount', '-l', disk))
  writeFileSync(path.join(disk, '.not-empty'), ' ') // a size of 0 bytes would mean no limit
  let isThere = false
  const comeBack = (): void => {
    mount('', disk, 'bind', folder)
    isThere = true
  }
  const remove = (): void => {
    if (isThere) run('umount', '-l', folder)
    isThere = false
  }
  comeBack()
  onTestFinished(remove)
  return {
    folder,
    /** Leaves no free byte: the disk becomes as small as its files, also while others write. */
    fill: () => {
      for (;;) {
        const { blocks, bfree, bsize } = statfsSync(disk)
        if (bfree === 0) return
        try {
          mount('', disk, `remount,size=${(blocks - bfree) * bsize}`, disk)
        } catch {
          // A file has grown in the meantime.
        }
      }
    },
    empty: () => mount('', disk, `remount,size=${megabytes}m`, disk),
    protect: () => mount('', disk, 'remount,bind,ro', folder),
    release: () => mount('', disk, 'remount,bind,rw', folder),
    /** Takes the drive away while files on it may be open: an empty folder stays in its place. */
    remove,
    comeBack,
  }
}
