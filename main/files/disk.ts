import type { Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'

/** An open file. Offsets and lengths in bytes. */
export interface OpenFile {
  read: (
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ bytesRead: number }>
  close: () => Promise<void>
}

/** What looking at a file asks of a disk. Rejects with the errors of the system. */
export interface Disk {
  stat: (path: string) => Promise<Stats>
  /** `flags` as of open(2). */
  open: (path: string, flags: number) => Promise<OpenFile>
}

/** The disks of this computer, and those that it has mounted. */
export const realDisk: Disk = {
  stat: (path) => stat(path),
  open: (path, flags) => open(path, flags),
}
