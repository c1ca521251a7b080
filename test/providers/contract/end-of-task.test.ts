import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '../../../main/media/inspect'
import { driveJob, type Faults, saidOf } from '../../support/job-under-contract'
import { makeClip } from '../../support/make-media'
import { type ContractServer, providersUnderContract } from '../../support/providers-under-contract'
import { testTools } from '../../support/test-tools'

const hour = 3_600_000
const hidden: Faults[number] = ['download', { kind: 'truncate', length: false }]
const expired: Faults[number] = ['download', { kind: 'expired' }]

const isGone = 'The result has expired. Providers keep results for 24 hours.'
const lostTrack =
  'The provider does not report the status of this task. Reshoot keeps asking until the task expires.'
const damaged =
  /^The result arrived damaged 3 times .*damaged\.mp4\. Downloading it again is free\.$/

describe.each(providersUnderContract)('a result of $id', (under) => {
  const { succeeded } = under.words
  const inspect = (path: string) => inspectFile(path, testTools)

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

  test('that arrives by half three times is kept but not saved, and is downloaded again later', async () => {
    const result = await readFile(await makeClip())
    const faults = [hidden, hidden, hidden]
    const { job, server, parts, kept } = await driveJob(under, [succeeded], faults, {
      result,
      inspect,
    })
    expect(job).toMatchObject({ state: 'downloading', failure: { action: 'try-again' } })
    expect(saidOf(job)).toMatch(damaged)
    expect(server.calls).toMatchObject({ create: 1, download: 3 })
    expect([parts, kept]).toEqual([[], []])
  })

  test('with a refused link and an unknown task is not given up before its time', async () => {
    const { job, server, parts } = await driveJob(under, [succeeded, 'UNKNOWN'], [expired])
    expect(job).toMatchObject({ state: 'downloading', failure: { kind: 'gone' } })
    expect(saidOf(job)).toBe(lostTrack)
    expect(server.calls.create).toBe(1)
    expect(parts).toEqual([])
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
    'that %s before that is held, and asked about less and less',
    async (_what, words, forget) => {
      const { job, server, parts, kept } = await driveJob(under, words, [], {
        whenRunning: (_, { server }) => forget(server),
      })
      expect(job).toMatchObject({ state: 'running', canRetry: true, failure: { kind: 'gone' } })
      expect(saidOf(job)).toBe(lostTrack)
      expect(server.calls.create).toBe(1)
      expect([parts, kept, server.violations]).toEqual([[], [], []])
    },
  )

  test('that succeeded without a result is asked about again', async () => {
    const words = [pending, running, under.words.succeeded]
    const { job, server, parts, kept } = await driveJob(under, words, [], {
      whenRunning: (_, { answerNext }) => answerNext(under.withoutResult),
    })
    expect(job).toMatchObject({ state: 'saved', failure: null })
    expect(server.calls).toMatchObject({ create: 1 })
    expect([parts, kept.length, server.violations]).toEqual([[], 1, []])
  })
})
