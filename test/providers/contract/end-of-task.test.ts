import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '../../../main/media/inspect'
import { bundledTools } from '../../../main/tools/tool-paths'
import { driveJob, type Faults, saidOf } from '../../support/job-under-contract'
import { makeClip } from '../../support/make-media'
import { type ContractServer, providersUnderContract } from '../../support/providers-under-contract'

const hour = 3_600_000
const hidden: Faults[number] = ['download', { kind: 'truncate', length: false }]
const expired: Faults[number] = ['download', { kind: 'expired' }]

const isGone = 'The result has expired. Providers keep results for 24 hours.'
const lostTrack =
  'The provider no longer reports the status of this task. Try again to check once more at no cost.'
const isForgotten = 'The provider no longer has this task.'
const damaged = 'The downloaded result was damaged twice. Try again to download it at no cost.'

describe.each(providersUnderContract)('a result of $id', (under) => {
  const { succeeded } = under.words
  const inspect = (path: string) => inspectFile(path, bundledTools)

  test('that arrives by half without a Content-Length is downloaded again', async () => {
    const result = await readFile(await makeClip())
    const { job, server, held, parts, kept } = await driveJob(under, [succeeded], [hidden], {
      result,
      inspect,
    })
    expect(job).toMatchObject({ state: 'saved', failure: null, trouble: null })
    expect(server.calls).toMatchObject({ create: 1, download: 2 })
    expect([held.size, parts, kept.length]).toEqual([0, [], 1])
    expect(kept[0]?.bytes).toBe(result.length)
  })

  test('that arrives by half twice is not saved and may be downloaded again', async () => {
    const result = await readFile(await makeClip())
    const faults = [hidden, hidden]
    const { job, server, held, parts, kept } = await driveJob(under, [succeeded], faults, {
      result,
      inspect,
    })
    expect(job).toMatchObject({ state: 'failed', failure: { kind: 'local', action: 'try-again' } })
    expect(saidOf(job)).toBe(damaged)
    expect(server.calls).toMatchObject({ create: 1, download: 2 })
    expect([held.size, parts, kept]).toEqual([0, [], []])
  })

  test('with a refused link and an unknown task has expired', async () => {
    const { job, server, held, parts } = await driveJob(under, [succeeded, 'UNKNOWN'], [expired])
    expect(job).toMatchObject({
      state: 'expired',
      failure: { kind: 'gone', action: 'try-again' },
    })
    expect(saidOf(job)).toBe(isGone)
    expect(server.calls.create).toBe(1)
    expect([held.size, parts]).toEqual([0, []])
  })
})

describe.each(providersUnderContract)('a task of $id', (under) => {
  const { pending, running } = under.words

  const forgotten: [string, string[], (server: ContractServer) => void][] = [
    ['is unknown', [pending, running, 'UNKNOWN'], () => {}],
    ['is in a state that no document has', [pending, running, 'DREAMING'], () => {}],
    ['is no longer there', [pending, running], (server) => server.tasks.clear()],
  ]

  test.each(forgotten)('that %s after 24 hours has expired', async (_, words, forget) => {
    const asked = { before: 0 }
    const { job, server, held, parts } = await driveJob(under, words, [], {
      whenRunning: (clock, { server }) => {
        asked.before = server.calls.query ?? 0
        clock.jump(24 * hour)
        forget(server)
      },
    })
    expect(job).toMatchObject({
      state: 'expired',
      failure: { kind: 'gone', action: 'try-again' },
    })
    expect(saidOf(job)).toBe(isGone)
    // Once more, no further.
    expect(server.calls).toMatchObject({ create: 1, query: asked.before + 1 })
    expect([held.size, parts, server.violations]).toEqual([0, [], []])
  })

  test.each(forgotten)(
    'that %s before that ends, and is not asked about for ever',
    async (what, words, forget) => {
      const { job, server, parts, kept } = await driveJob(under, words, [], {
        whenRunning: (_, { server }) => forget(server),
      })
      expect(job).toMatchObject({ state: 'failed', failure: { kind: 'gone' } })
      // DashScope has no error for it: it says UNKNOWN of every task that it does not have.
      const hasError = what === 'is no longer there' && under.id !== 'dashscope'
      expect(saidOf(job)).toBe(hasError ? isForgotten : lostTrack)
      expect(server.calls.create).toBe(1)
      expect(server.calls.query).toBeLessThan(10)
      expect([parts, kept, server.violations]).toEqual([[], [], []])
    },
  )

  test('that succeeded without a result fails with that reason', async () => {
    const words = [pending, running, under.words.succeeded]
    const { job, server, held, parts, kept } = await driveJob(under, words, [], {
      whenRunning: (_, { answerNext }) => answerNext(under.withoutResult),
    })
    expect(job).toMatchObject({ state: 'failed', failure: { kind: 'unknown' } })
    expect(saidOf(job)).toBe('The provider reported success but returned no result.')
    expect(server.calls).toMatchObject({ create: 1 })
    expect([held.size, parts, kept, server.violations]).toEqual([0, [], [], []])
  })
})
