import { describe, expect, it } from 'vitest'
import { createSingleFlight } from '../../main/catalog/single-flight'
import type { Work } from '../../main/tools/run-tool'

const slowTask = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const started: Work[] = []
  const task = (work: Work) => {
    started.push(work)
    work.signal?.addEventListener('abort', () => reject(work.signal?.reason))
    return promise
  }
  return { task, started, finish: resolve, fail: reject }
}

describe('work for several callers', () => {
  it('runs once, and all callers get its progress and outcome', async () => {
    const flights = createSingleFlight<string>()
    const slow = slowTask()
    const heard: string[] = []
    const first = flights.run('a', { onProgress: (f) => heard.push(`first ${f}`) }, slow.task)
    const second = flights.run('a', { onProgress: (f) => heard.push(`second ${f}`) }, slow.task)
    slow.started[0]?.onProgress?.(0.5)
    slow.finish('done')
    expect(await Promise.all([first, second])).toEqual(['done', 'done'])
    expect(slow.started).toHaveLength(1)
    expect(heard).toEqual(['first 0.5', 'second 0.5'])
  })

  it('continues when one caller stops, and stops with the last', async () => {
    const flights = createSingleFlight<string>()
    const slow = slowTask()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = flights.run('a', { signal: one.signal }, slow.task)
    const second = flights.run('a', { signal: two.signal }, slow.task)
    one.abort()
    await expect(first).rejects.toThrow('abort')
    expect(slow.started[0]?.signal?.aborted).toBe(false)
    two.abort()
    await expect(second).rejects.toThrow('abort')
    expect(slow.started[0]?.signal?.aborted).toBe(true)
  })

  it('starts again after it failed or was stopped', async () => {
    const flights = createSingleFlight<string>()
    const broken = slowTask()
    const failing = flights.run('a', {}, broken.task)
    broken.fail(new Error('no'))
    await expect(failing).rejects.toThrow('no')
    const stop = new AbortController()
    const stuck = slowTask()
    const stopped = flights.run('a', { signal: stop.signal }, stuck.task)
    stop.abort()
    await expect(stopped).rejects.toThrow('abort')
    const fine = slowTask()
    const again = flights.run('a', {}, fine.task)
    fine.finish('yes')
    expect(await again).toBe('yes')
  })
})
