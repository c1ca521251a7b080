import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createJobsHome } from '../support/jobs-home'

it('a lost create is not confused with a task that another computer created in the same minute', async () => {
  const home = await createJobsHome({ words: ['SUCCEEDED'] })
  const theirs = home.server.addTask(Date.now() + 1000)
  theirs.body = { input: { prompt: 'what somebody else wants' } }
  home.server.next('create', { kind: 'reset', effect: true })
  const id = await home.submit()
  const { jobs, library } = await home.open()
  await jobs.drain(AbortSignal.timeout(200_000))
  const job = jobs.get(id)
  expect(job).toMatchObject({ state: 'saved' })
  expect(job?.taskId).not.toBe(theirs.id)
  const kept = library.pathOf(job?.libraryId ?? '') ?? ''
  expect(readFileSync(kept).equals(home.server.result)).toBe(true)
  expect(home.server.calls.create).toBe(1)
})
