import { describe, expect, it } from 'vitest'
import {
  UploadFileError,
  uploadError,
  withAttempts,
} from '../../../main/providers/http/upload-attempts'
import { ProviderError } from '../../../main/providers/provider'
import { providerError } from '../../support/fake-provider'

const file = { path: '/clip.mp4', name: 'clip.mp4', contentType: 'video/mp4', bytes: 1 }

/** Runs an attempt that fails with these errors in turn, then succeeds; no time passes. */
const run = async (
  errors: readonly unknown[],
  again?: (error: ProviderError) => boolean,
  controller = new AbortController(),
) => {
  const pauses: number[] = []
  const left = [...errors]
  let tries = 0
  const outcome = withAttempts(
    async () => {
      tries++
      if (left.length > 0) throw left.shift()
      return 'uploaded'
    },
    {
      signal: controller.signal,
      clock: {
        now: () => 0,
        sleep: async (milliseconds) => {
          pauses.push(milliseconds)
        },
      },
      errorOf: (error) => uploadError(error, file, 'storage.example'),
      ...(again ? { again } : {}),
    },
  )
  const result = await outcome.catch((error: unknown) => error)
  return { result, pauses, tries }
}

const passing = () => providerError('temporary', 'refused')
const lasting = () => providerError('auth', 'refused', 'enter-key')

describe('an upload that fails', () => {
  it('is tried four times, with pauses that double', async () => {
    const errors = [passing(), passing(), passing(), passing()]
    const { result, pauses, tries } = await run(errors)
    expect(result).toBe(errors[3])
    expect(tries).toBe(4)
    expect(pauses).toEqual([500, 1_000, 2_000])
  })

  it('succeeds when the last attempt does', async () => {
    expect(await run([passing(), passing(), passing()])).toMatchObject({
      result: 'uploaded',
      tries: 4,
    })
  })

  it('waits as long as the storage asks', async () => {
    const { pauses } = await run([providerError('rate-limit', 'refused', 'wait', 7_000)])
    expect(pauses).toEqual([7_000])
  })

  it('leaves a long wait to the job, which shows it and lets others upload', async () => {
    const short = providerError('rate-limit', 'refused', 'wait', 10_000)
    const long = providerError('rate-limit', 'refused', 'wait', 10_001)
    expect(await run([short, long])).toMatchObject({ result: long, tries: 2, pauses: [10_000] })
  })

  it('is not tried again after an error that stays', async () => {
    const error = lasting()
    expect(await run([error])).toMatchObject({ result: error, tries: 1, pauses: [] })
  })

  it('is tried again after an error that the caller names', async () => {
    const again = ({ failure }: ProviderError) => failure.kind === 'auth'
    expect(await run([lasting()], again)).toMatchObject({ result: 'uploaded', tries: 2 })
    expect(await run([lasting()], () => false)).toMatchObject({ tries: 1 })
  })

  it('ends with an AbortError once the job is cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    const { result, tries } = await run([], undefined, controller)
    expect(result).toMatchObject({ name: 'AbortError' })
    expect(tries).toBe(0)
  })
})

describe('the error of an upload', () => {
  it.each(['changed', 'unreadable'] as const)(
    'of a file that is %s is not tried again',
    async (reason) => {
      const { result, tries } = await run([new UploadFileError(reason)])
      expect(tries).toBe(1)
      expect(result).toBeInstanceOf(ProviderError)
      expect(result).toMatchObject({
        sent: 'no',
        failure: { text: { values: { name: 'clip.mp4' } } },
      })
    },
  )

  it('of the network is tried again', async () => {
    expect(await run([new TypeError('fetch failed')])).toMatchObject({ tries: 2 })
  })
})
