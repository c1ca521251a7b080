import { describe, expect, it } from 'vitest'
import { closestView, stillPlaces } from '../../../renderer/features/edit/trim/filmstrip'
import { columnsOf, ticksOf, wavePath } from '../../../renderer/features/edit/trim/lanes'
import { holding, panned, positionIn, zoomed } from '../../../renderer/features/edit/trim/time-view'

describe('the part of time in view', () => {
  it('stays around the playhead when it is zoomed', () => {
    const view = zoomed({ start: 0, end: 40 }, 0.5, 10, 40)
    expect(view).toEqual({ start: 5, end: 25 })
    expect(positionIn(10, view)).toBe(positionIn(10, { start: 0, end: 40 }))
  })

  it('never leaves the clip', () => {
    expect(zoomed({ start: 30, end: 40 }, 8, 39, 40)).toEqual({ start: 0, end: 40 })
    expect(panned({ start: 30, end: 40 }, 20, 40)).toEqual({ start: 30, end: 40 })
    expect(panned({ start: 5, end: 15 }, -20, 40)).toEqual({ start: 0, end: 10 })
  })

  it('gets no closer than single frames', () => {
    const track = { duration: 40, frameRate: 25 }
    const closest = closestView(700, 100, track)
    const view = zoomed({ start: 0, end: 40 }, 1e-6, 20, 40, closest)
    expect((view.end - view.start) * track.frameRate).toBeCloseTo(7, 6)
  })

  it.each([
    [12, { start: 10, end: 20 }],
    [25, { start: 16, end: 26 }],
    [3, { start: 2, end: 12 }],
    [40, { start: 30, end: 40 }],
  ])('follows a playhead at %d s', (time, view) =>
    expect(holding({ start: 10, end: 20 }, time, 40)).toEqual(view),
  )
})

describe('the ruler', () => {
  const track = { duration: 14, frameRate: 25 }
  const labels = (view: { start: number; end: number }, width: number) =>
    ticksOf(view, width, track, 64).flatMap(({ label }) => label ?? [])

  it.each([
    ['all of a clip', { start: 0, end: 14 }, 500, ['00:00', '00:02', '00:04', '00:06', '00:08']],
    ['frames', { start: 2, end: 2.4 }, 700, ['02:00', '02:01', '02:02', '02:03', '02:04']],
  ])('labels %s', (_, view, width, first) => expect(labels(view, width).slice(0, 5)).toEqual(first))

  it('never writes labels over each other, and stays within the clip', () => {
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

describe('the stills', () => {
  const track = { duration: 10, frameRate: 25 }

  it('lie on a grid that does not move with the view', () => {
    const places = stillPlaces({ start: 2, end: 4 }, 700, 100, track)
    const moved = stillPlaces({ start: 2.03, end: 4.03 }, 700, 100, track)
    expect(moved[1]).toEqual(places[1])
  })

  it('are single frames when they are that wide', () => {
    const places = stillPlaces({ start: 2, end: 2.28 }, 700, 100, track)
    expect(places.map(({ frame }) => frame)).toEqual([50, 51, 52, 53, 54, 55, 56])
  })

  it('cover the whole view without holes', () => {
    for (const seconds of [0.24, 1, 3.3, 10]) {
      const places = stillPlaces({ start: 0, end: seconds }, 640, 90, track)
      expect(places[0]?.start).toBe(0)
      expect(places.at(-1)?.end).toBeGreaterThanOrEqual(seconds - 1e-9)
      for (const [index, place] of places.entries())
        if (index > 0) expect(place.start).toBeCloseTo(places[index - 1]?.end ?? -1, 9)
    }
  })
})

describe('the sound', () => {
  const wave = { perSecond: 10, peaks: [0, 0, 1, 0, 0, 0.5, 0, 0, 0, 0] }

  it('keeps the loudest of what a column covers', () => {
    expect(columnsOf(wave, { start: 0, end: 1 }, 2)).toEqual([1, 0.5])
    expect(columnsOf(wave, { start: 0.2, end: 0.3 }, 4)).toEqual([1, 1, 1, 1])
    expect(columnsOf(wave, { start: 0.9, end: 1.4 }, 2)).toEqual([0, 0])
  })

  it('is drawn as one closed outline within its lane', () => {
    const path = wavePath([0, 1, 0.5], 30, 28)
    expect(path).toMatch(/^M.*Z$/)
    const heights = [...path.matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Number(y))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...heights)).toBeLessThanOrEqual(28)
  })
})
