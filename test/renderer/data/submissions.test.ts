import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Draft } from '../../../preload/contract'
import { client, keys } from '../../../renderer/data/client'
import { reportRun, type SubmitRun, submitAll } from '../../../renderer/data/submissions'
import { startLanguage } from '../../../renderer/language'
import { useToasts } from '../../../renderer/ui/toast-store'
import { aDraft } from '../a-draft'
import { aJob } from '../a-job'

const drafts = ['a', 'b', 'c'].map((clipId) => aDraft({ clipId, prompt: 'snow' }))
/** The clips that main was asked to submit, and the one that it refuses. */
let asked: string[] = []
let refused: string | null = null

const text = { key: 'state.cancelled', values: {} }
const error = { code: 'busy', message: 'busy', text, action: 'enter-key' }

const submit = async ({ source: { clipId } }: Draft) => {
  asked.push(clipId)
  return clipId === refused ? { ok: false, error } : { ok: true, value: aJob({ id: clipId }) }
}

beforeEach(() => {
  vi.stubGlobal('window', { reshoot: { jobs: { submit } } })
  vi.stubGlobal('document', { documentElement: {} })
  startLanguage('en')
})

afterEach(async () => {
  refused = null
  await submitAll(drafts)
  asked = []
  client.clear()
  useToasts.setState([], true)
  vi.unstubAllGlobals()
})

const shown = () => useToasts.getState().map((one) => [one.level, one.text, one.action?.label])

it('says how many edits were submitted before one was refused, and why that one was not', async () => {
  refused = 'b'
  const steps: number[] = []
  const run = await submitAll(drafts, { onRun: ({ jobs }) => steps.push(jobs.length) })
  expect(asked).toEqual(['a', 'b'])
  expect(steps).toEqual([0, 1])
  expect(client.getQueryData(keys.jobs)).toMatchObject([{ id: 'a' }])
  reportRun(run)
  expect(shown()).toEqual([
    ['fail', '1 of 3 edits submitted. Edit 2 was not: Cancelled', 'Open Settings'],
  ])
})

it('says only why when nothing was submitted', async () => {
  refused = 'a'
  reportRun(await submitAll(drafts))
  expect(shown()).toEqual([['fail', 'Cancelled', 'Open Settings']])
})

it('says how many edits were submitted, and nothing when it was stopped before the first', async () => {
  reportRun(await submitAll(drafts, { signal: AbortSignal.abort() }))
  expect(shown()).toEqual([])
  reportRun(await submitAll(drafts))
  expect(shown()).toEqual([
    ['pass', '3 edits submitted. You can start the next one.', 'Show in Queue'],
  ])
})

it('submits only the rest when the person tries again, and everything after that', async () => {
  refused = 'b'
  await submitAll(drafts)
  refused = null
  const rest = await submitAll(drafts)
  expect(rest).toMatchObject<Partial<SubmitRun>>({ total: 2 })
  await submitAll(drafts)
  expect(asked).toEqual(['a', 'b', 'b', 'c', 'a', 'b', 'c'])
})

it('submits the rest also after another edit was submitted in between', async () => {
  refused = 'b'
  await submitAll(drafts)
  refused = null
  await submitAll([aDraft({ clipId: 'x' })])
  await submitAll(drafts)
  expect(asked).toEqual(['a', 'b', 'x', 'b', 'c'])
})

it('submits the rest after it was stopped, and again what has changed since', async () => {
  const stopper = new AbortController()
  const onRun = ({ jobs }: SubmitRun) => jobs.length === 2 && stopper.abort()
  await submitAll(drafts, { signal: stopper.signal, onRun })
  const [first = aDraft(), ...others] = drafts
  await submitAll([{ ...first, prompt: 'rain', updatedAt: 5 }, ...others])
  expect(asked).toEqual(['a', 'b', 'a', 'c'])
})
