import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { crashLoop } from '../../preload/contract/bounds'

/** Whether so many starts in a row ended by themselves, so close together, that the next one should hold back. */
export const isCrashLoop = (crashed: readonly number[]): boolean => {
  const last = crashed.slice(-crashLoop.starts)
  const span = Math.max(...last) - Math.min(...last)
  return last.length === crashLoop.starts && span <= crashLoop.minutes * 60_000
}

/** What is kept between starts, in ms since the epoch. */
const record = z.object({
  /** The starts since the last orderly end that ended by themselves. */
  crashed: z.array(z.number()).max(100),
  /** The start that has not ended yet, as far as the file knows. */
  started: z.number().nullable(),
})
type Record = z.infer<typeof record>

/** A start of the window that is under way. */
export interface Start {
  /** Whether the starts before it were a crash loop. */
  afterCrashes: boolean
  /** The person goes on: the starts before it count no longer. */
  forgive: () => void
  /** It ends in order. Of a crash loop that the person has not decided about, the next start says so again. */
  end: () => void
}

/** A start that counts nothing. */
export const uncounted: Start = { afterCrashes: false, forgive: () => {}, end: () => {} }

/**
 * Notes a start in a file of the home, which says so until `end`: a process that is killed or crashes cannot. Only one
 * process at a time may do so. `now` in ms since the epoch. Never throws: without the file no start is held back.
 */
export const noteStart = (file: string, now: number): Start => {
  const before = read(file)
  let crashed = [...before.crashed, ...(before.started === null ? [] : [before.started])].slice(
    -crashLoop.starts,
  )
  const afterCrashes = isCrashLoop(crashed)
  let isForgiven = !afterCrashes
  write(file, { crashed, started: now })
  return {
    afterCrashes,
    forgive: () => {
      isForgiven = true
      crashed = []
      write(file, { crashed, started: now })
    },
    end: () => write(file, { crashed: isForgiven ? [] : crashed, started: null }),
  }
}

const read = (file: string): Record => {
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { crashed: [], started: null } // the first start, or a file that a power failure has damaged
  }
}

/** Without a flush to disk, which a start would wait for: what a crash of this process needs is there. */
const write = (file: string, value: Record): void => {
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(value), { mode: 0o600 })
    renameSync(`${file}.tmp`, file)
  } catch {
    // A full or read-only disk: other places say so.
  }
}
