import { expect, it, vi } from 'vitest'
import { createQueue } from '../../main/shell/queue'

const queueAfter = (afterCrashes: boolean) => {
  const jobs = { start: vi.fn(), follow: vi.fn() }
  const forgive = vi.fn()
  return { jobs, forgive, queue: createQueue(jobs, { afterCrashes, forgive }) }
}

it('drives the jobs from the start', () => {
  const { queue, jobs, forgive } = queueAfter(false)
  queue.open()
  expect(queue.isPaused()).toBe(false)
  expect(jobs.start).toHaveBeenCalledOnce()
  queue.goOn()
  expect(jobs.start).toHaveBeenCalledOnce()
  expect(forgive).not.toHaveBeenCalled()
})

it('after a crash loop only shows them until the person goes on', () => {
  const { queue, jobs, forgive } = queueAfter(true)
  queue.open()
  expect(queue.isPaused()).toBe(true)
  expect(jobs.follow).toHaveBeenCalledOnce()
  expect(jobs.start).not.toHaveBeenCalled()
  queue.goOn()
  expect(queue.isPaused()).toBe(false)
  expect(jobs.start).toHaveBeenCalledOnce()
  expect(forgive).toHaveBeenCalledOnce()
})
