import { constants } from 'node:fs'
import type { Disk, DiskTurn, OpenFile } from './disk'

const windowBytes = 64 * 1024

/** Bytes up to which a file is read at once: one read is cheaper than a dozen small ones. */
const smallFile = 512 * 1024

/**
 * Reads pieces of a file through a window, so that neighbouring pieces cost one read. Each read waits for its turn.
 *
 * It holds at most the requested piece or one window in memory.
 */
export class FileReader implements AsyncDisposable {
  private window = Buffer.alloc(0)
  private windowAt = 0

  private constructor(
    private readonly handle: OpenFile,
    /** Bytes of the file. */
    readonly size: number,
    private readonly turn: DiskTurn,
  ) {}

  /** `size` in bytes. Rejects with system errors. */
  static async open(
    path: string,
    size: number,
    { disk, turn }: { disk: Disk; turn: DiskTurn },
  ): Promise<FileReader> {
    // Without O_NONBLOCK, a pipe that has replaced the file would block for ever.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
    return new FileReader(await turn(() => disk.open(path, flags)), size, turn)
  }

  /** Up to `length` bytes from `position`: fewer at the end of the file. */
  async read(position: number, length: number): Promise<Buffer> {
    const from = position - this.windowAt
    if (from >= 0 && from + length <= this.window.length)
      return this.window.subarray(from, from + length)
    const start = this.size <= smallFile ? 0 : position
    const most = this.size <= smallFile ? smallFile : Math.max(length, windowBytes)
    const wanted = Math.max(0, Math.min(most, this.size - start))
    const buffer = Buffer.allocUnsafe(wanted)
    let filled = 0
    while (filled < wanted) {
      const { bytesRead } = await this.turn(() =>
        this.handle.read(buffer, filled, wanted - filled, start + filled),
      )
      if (bytesRead === 0) break
      filled += bytesRead
    }
    this.window = buffer.subarray(0, filled)
    this.windowAt = start
    const at = position - start
    return at < 0 ? Buffer.alloc(0) : this.window.subarray(at, at + length)
  }

  /** A few bytes from elsewhere in the file, without moving the window. */
  async peek(position: number, length: number): Promise<Buffer> {
    const from = position - this.windowAt
    if (from >= 0 && from + length <= this.window.length)
      return this.window.subarray(from, from + length)
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.turn(() => this.handle.read(buffer, 0, length, position))
    return buffer.subarray(0, bytesRead)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close()
  }
}
