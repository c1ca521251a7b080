import { describe, expect, it } from 'vitest'
import { columnsOf, ticksOf, wavePath } from '../../../../renderer/features/edit/trim/lanes'

describe('the ruler', () => {
  const track = { duration: 14, frameRate: 25 }
  const labels = (view: { start: number; end: number }, width: number) =>
    ticksOf(view, width, track, 64).flatMap(({ label }) => label ?? [])

  it.each([
    [
      'seconds for a whole clip',
      { start: 0, end: 14 },
      500,
      ['00:00', '00:02', '00:04', '00:06', '00:08'],
    ],
    [
      'frames when zoomed in',
      { start: 2, end: 2.4 },
      700,
      ['02:00', '02:01', '02:02', '02:03', '02:04'],
    ],
  ])('shows %s', (_, view, width, first) => expect(labels(view, width).slice(0, 5)).toEqual(first))

  it('keeps labels apart and inside the clip', () => {
    for (const seconds of [0.3, 1, 3, 14]) {
      const ticks = ticksOf({ start: 14 - seconds, end: 14 }, 600, track, 64)
      const labelled = ticks.filter(({ label }) => label !== null).map(({ time }) => time)
      for (const [index, time] of labelled.entries()) {
        const next = labelled[index + 1]
        if (next !== undefined) expect(((next - time) / seconds) * 600).toBeGreaterThan(63.9)
      }
      expect(ticks.every(({ time }) => time <= 14.0001 && time >= 14 - seconds - 1e-6)).toBe(true)
    }
  })
})

describe('the waveform', () => {
  const wave = { perSecond: 10, peaks: [0, 0, 1, 0, 0, 0.5, 0, 0, 0, 0] }

  it('shows the loudest peak of each column', () => {
    expect(columnsOf(wave, { start: 0, end: 1 }, 2)).toEqual([1, 0.5])
    expect(columnsOf(wave, { start: 0.2, end: 0.3 }, 4)).toEqual([1, 1, 1, 1])
    expect(columnsOf(wave, { start: 0.9, end: 1.4 }, 2)).toEqual([0, 0])
  })

  it('is one closed outline inside its lane', () => {
    const path = wavePath([0, 1, 0.5], 30, 28)
    expect(path).toMatch(/^M.*Z$/)
    const heights = [...path.matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Number(y))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...heights)).toBeLessThanOrEqual(28)
  })
})
