import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeMeaning } from '../../main/shell/background'
import { createCoalescer } from '../../main/shell/events'
import { createBudget } from '../../main/shell/faults'
import { createOperations } from '../../main/shell/operations'

// These modules import Electron, which is absent in unit tests.
vi.mock('electron', () => ({ app: {}, dialog: {}, Menu: {}, nativeImage: {}, Tray: class {} }))

describe('operations', () => {
  test('report progress at most ten times a second, and always the end', async () => {
    let now = 0
    const reports: number[] = []
    const operations = createOperations(
      (_id, fraction) => reports.push(fraction),
      () => now,
    )
    await operations.run('a', async ({ onProgress }) => {
      for (let step = 0; step <= 1000; step++) {
        now = step
        onProgress(step / 1000)
      }
    })
    expect(reports).toHaveLength(11)
    expect(reports.at(-1)).toBe(1)
  })

  test('are cancelled by id, without affecting others', async () => {
    const operations = createOperations(() => {})
    const waiting = (id: string) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const running = operations.run(id, ({ signal }) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        return promise
      })
      return { running, resolve }
    }
    const a = waiting('a')
    const b = waiting('b')
    operations.cancel('a')
    operations.cancel('unknown')
    await expect(a.running).rejects.toMatchObject({ name: 'AbortError' })
    b.resolve('done')
    await expect(b.running).resolves.toBe('done')
  })

  test('with the same id run one at a time', async () => {
    const operations = createOperations(() => {})
    const first = operations.run('a', () => Promise.resolve(1))
    await expect(operations.run('a', () => Promise.resolve(2))).rejects.toMatchObject({
      text: { key: 'shell.error.operationTaken' },
    })
    await first
    await expect(operations.run('a', () => Promise.resolve(3))).resolves.toBe(3)
  })
})

describe('coalesced events', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('pass the first value at once, then the newest of each key once an interval', () => {
    const out: string[] = []
    const tell = createCoalescer<[string, number]>(
      ([key]) => key,
      ([key, value]) => out.push(`${key}${value}`),
      100,
    )
    tell(['a', 1])
    expect(out).toEqual(['a1'])
    for (let value = 2; value <= 50; value++) tell(['a', value])
    tell(['b', 1])
    expect(out).toEqual(['a1'])
    vi.advanceTimersByTime(100)
    expect(out).toEqual(['a1', 'a50', 'b1'])
    vi.advanceTimersByTime(1000)
    tell(['a', 51])
    expect(out).toEqual(['a1', 'a50', 'b1', 'a51'])
  })
})

test.each([
  [{ quitting: false, active: 0 }, 'close'],
  [{ quitting: false, active: 2 }, 'keep-working'],
  [{ quitting: true, active: 2 }, 'close'],
])('with %j closing the window means %s', (state, expected) => {
  expect(closeMeaning(state)).toBe(expected)
})

test('reloads a crashing page at most three times a minute', () => {
  let now = 0
  const mayReload = createBudget(3, 60_000, () => now)
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false])
  now = 60_001
  expect(mayReload()).toBe(true)
})
