import PQueue from 'p-queue'
import { z } from 'zod'
import { mediaError } from '../../tools/media-error'
import type { StartWorker, Worker } from '../../tools/worker'
import { doPicture, type Examined, type PictureJob } from './picture-work'

/** Milliseconds for the job itself, without the wait for its turn. */
export interface PictureLimit {
  timeout: number
  signal?: AbortSignal | undefined
}

/** Work with decoded pixels: one picture at a time, because they are large and sharp uses all cores for one. */
export interface Pictures {
  /**
   * The answer to an `examine`, else null. Rejects with the signal's reason; with `PictureError` when the job takes too
   * long or its process dies, and with sharp's words; with `MediaError` when the process cannot be started.
   */
  ask: (job: PictureJob, limit: PictureLimit) => Promise<Examined | null>
  /** Ends the process. */
  stop: () => void
}

export class PictureError extends Error {
  override readonly name = 'PictureError'
}

const inTurn = (work: Pictures['ask']): Pictures['ask'] => {
  const turns = new PQueue({ concurrency: 1 })
  return (job, limit) => {
    const { signal } = limit
    return turns.add(() => work(job, limit), signal ? { signal } : {})
  }
}

/** sharp in this process, which nothing can stop: for tests. */
export const picturesHere: Pictures = { ask: inTurn(doPicture), stop: () => {} }

/** The process decodes what strangers made, so its answers are not believed either. */
const examined = z.object({
  width: z.number().int(),
  height: z.number().int(),
  orientation: z.number().int(),
  frames: z.number().int(),
  alpha: z.boolean(),
  colourSpace: z.string().max(1000).nullable(),
  decoded: z.object({ transparent: z.boolean() }).nullable(),
})
const answer = z.object({
  value: examined.nullable(),
  /** Why the job failed; null if it did not. */
  failed: z.string().max(10_000).nullable(),
  /** Memory of the process. */
  bytes: z.number(),
})

/** Milliseconds without work after which the process ends, and its memory is free again. */
const idleTime = 2000

/**
 * Memory above which the process is replaced after a job. sharp's WebAssembly never gives memory back, and grew to more
 * than a gigabyte over a hundred photos.
 */
const mostBytes = 220 * 1024 * 1024

const notStarted = () =>
  mediaError('tool-missing', { path: 'pictures' }, 'the process of pictures did not start')

/**
 * sharp in a process of its own, which is killed when a job takes too long, and replaced when it has grown. Processes can
 * be started after `ready`.
 */
export const createPictures = (start: StartWorker, ready?: Promise<unknown>): Pictures => {
  let worker: Worker | null = null
  /** Whether the process has begun to work. */
  let isWorking = false
  let leaving: NodeJS.Timeout | undefined

  const stop = (): void => {
    clearTimeout(leaving)
    worker?.kill()
    worker = null
  }

  const exchange = (job: PictureJob, { timeout, signal }: PictureLimit) =>
    new Promise<Examined | null>((resolve, reject) => {
      signal?.throwIfAborted()
      clearTimeout(leaving)
      if (worker === null) {
        isWorking = false
        worker = start()
      }
      const end = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        worker?.listen(null)
        worker?.keep(false)
      }
      const lose = (reason: unknown): void => {
        end()
        stop()
        reject(reason)
      }
      const onAbort = () => lose(signal?.reason)
      const timer = setTimeout(() => lose(new PictureError('timeout')), timeout)
      signal?.addEventListener('abort', onAbort, { once: true })
      worker.keep(true)
      worker.listen((event) => {
        if (event.kind === 'end')
          return lose(isWorking ? new PictureError('its process ended') : notStarted())
        if (event.message === 'ready') {
          isWorking = true
          return
        }
        const read = answer.safeParse(event.message)
        if (!read.success) return lose(new PictureError(read.error.message))
        end()
        const { value, failed, bytes } = read.data
        if (bytes > mostBytes) stop()
        else leaving = setTimeout(stop, idleTime).unref()
        if (failed === null) resolve(value)
        else reject(new PictureError(failed))
      })
      worker.send(job)
    })

  return {
    ask: inTurn(async (...given) => {
      await ready
      return await exchange(...given)
    }),
    stop,
  }
}
