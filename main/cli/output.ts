import type { Writable } from 'node:stream'
import type { CliContext } from './context'

/** Results on stdout, everything else on stderr. */
export interface Output {
  /** Whether progress is one line that is replaced. */
  isTerminal: boolean
  line: (text: string) => void
  /** One JSON document on a line of its own. */
  json: (value: unknown) => void
  /** In a terminal replaces the last progress; elsewhere prints a line for each new step of `subject`. */
  progress: (step: string, detail?: string, subject?: string) => void
  notice: (text: string) => void
  /** Whether the reader of stdout has closed it (`| head`). */
  closed: () => boolean
  /** Why stdout could not be written, such as a full disk; null without an error or if its reader closed it. */
  failure: () => Error | null
  /** Resolves when everything is written. */
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

/** A stream whose reader may close it; later writes are dropped. */
const sink = (stream: Stream) => {
  let isClosed = false
  let failure: Error | null = null
  let last = Promise.resolve()
  const failed = (error: NodeJS.ErrnoException): void => {
    isClosed = true
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error
  }
  stream.on('error', failed)
  return {
    write: (text: string): void => {
      if (isClosed) return
      const { promise, resolve } = Promise.withResolvers<void>()
      last = promise
      stream.write(text, (error) => {
        if (error) failed(error)
        resolve()
      })
    },
    closed: () => isClosed,
    failure: () => failure,
    flushed: () => last,
  }
}

/** The answer to a question in the terminal: false for anything but a yes, null without a terminal. */
export const askYesNo = async (question: string, context: CliContext): Promise<boolean | null> => {
  const { stdin, stderr, signal } = context
  if (!stdin?.isTTY || !stderr.isTTY) return null
  const { createInterface } = await import('node:readline/promises')
  // With `terminal: true`, readline would handle Ctrl-C instead of the command.
  const asking = createInterface({ input: stdin, output: stderr, terminal: false })
  const ended = new Promise<string>((resolve) => asking.once('close', () => resolve('')))
  try {
    const answer = await Promise.race([asking.question(`${question} `, { signal }), ended])
    return /^(y|yes|是)$/i.test(answer.trim())
  } finally {
    asking.close()
  }
}
