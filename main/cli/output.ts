import type { Writable } from 'node:stream'

/** Results on stdout, everything else on stderr. */
export interface Output {
  /** Whether progress replaces itself in one line. */
  isTerminal: boolean
  line: (text: string) => void
  /** One JSON document on a line of its own. */
  json: (value: unknown) => void
  /** Replaces the last progress on a terminal; elsewhere a line of its own when `subject` comes to another step. */
  progress: (step: string, detail?: string, subject?: string) => void
  notice: (text: string) => void
  /** Whether the reader of stdout has gone away (`| head`). */
  closed: () => boolean
  /** Why stdout could not be written, a full disk for example; null when it could, or its reader has gone away. */
  failure: () => Error | null
  /** Resolves when everything was handed over. */
  end: () => Promise<void>
}

type Stream = Writable & { isTTY?: boolean }

export const createOutput = (stdout: Stream, stderr: Stream): Output => {
  const out = sink(stdout)
  const err = sink(stderr)
  let shown = ''
  const steps = new Map<string, string>()

  const clearProgress = (): void => {
    if (stderr.isTTY && shown !== '') err.write('\r\x1b[2K')
    shown = ''
  }

  return {
    isTerminal: stderr.isTTY === true,
    line: (text) => {
      clearProgress()
      out.write(`${text}\n`)
    },
    json: (value) => {
      clearProgress()
      out.write(`${JSON.stringify(value)}\n`)
    },
    progress: (step, detail = '', subject = '') => {
      const line = [subject, step].filter(Boolean).join('  ')
      if (stderr.isTTY) {
        const next = [line, detail].filter(Boolean).join(' ')
        if (next === shown) return
        shown = next
        err.write(`\r\x1b[2K${shown}`)
      } else if (steps.get(subject) !== step) err.write(`${line}\n`)
      steps.set(subject, step)
    },
    notice: (text) => {
      clearProgress()
      err.write(`${text}\n`)
    },
    closed: out.closed,
    failure: out.failure,
    end: async () => {
      clearProgress()
      await Promise.all([out.flushed(), err.flushed()])
    },
  }
}

/** A stream whose reader may go away: then what is written is nobody's business any more. */
const sink = (stream: Stream) => {
  let gone = false
  let failure: Error | null = null
  let last = Promise.resolve()
  const failed = (error: NodeJS.ErrnoException): void => {
    gone = true
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error
  }
  stream.on('error', failed)
  return {
    write: (text: string): void => {
      if (gone) return
      const { promise, resolve } = Promise.withResolvers<void>()
      last = promise
      stream.write(text, (error) => {
        if (error) failed(error)
        resolve()
      })
    },
    closed: () => gone,
    failure: () => failure,
    flushed: () => last,
  }
}
