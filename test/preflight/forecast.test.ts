import { describe, expect, test } from 'vitest'
import { forecast } from '../../main/preflight'
import type { Facts, Fix, Remedy } from '../../preload/contract'
import { clip, image, lasting } from './facts'

const fix = (...remedies: Remedy[]): Fix => ({ remedies, background: '#000000' })

describe('what would come out is told before it runs', () => {
  test('of a clip', () => {
    const facts = { ...lasting(20), width: 3840, height: 2160, codec: 'hevc', bytes: 90_000_000 }
    const { outcome, report } = forecast('a.mov', facts, { start: 2, end: 7 }, fix())
    expect(outcome).toMatchObject({
      runs: true,
      before: { seconds: 20, width: 3840, format: 'hevc', bytes: 90_000_000 },
      after: { seconds: 5, width: 3840, height: 2160, format: 'h264' },
    })
    // A quarter of the length at most at one and a half times the bitrate.
    expect(outcome.after.bytes).toBeLessThanOrEqual((90_000_000 / 4) * 1.5 + 200_000)
    expect(outcome.after.bytes).toBeGreaterThan(1_000_000)
    expect(report.verdict).toBe('pass')
  })

  test('of a clip with another of its tracks', () => {
    const track = {
      codec: 'h264',
      video: 4,
      ignoringEdits: 4,
      width: 640,
      height: 360,
      codedWidth: 640,
      codedHeight: 360,
      rotation: 0,
      sar: '1:1',
      frameRate: 25,
      variableFrameRate: false,
      hdr: false,
    }
    const facts = { ...lasting(5), videoTracks: 2, tracks: [{ ...track, video: 5 }, track] }
    const chosen = { ...fix('keep-first-track'), track: 1 }
    const { outcome, facts: after } = forecast('a.mp4', facts, null, chosen)
    expect(outcome.after).toMatchObject({ seconds: 4, width: 640, height: 360 })
    expect(after).not.toHaveProperty('tracks')
  })

  test('of an image', () => {
    const facts = image({ format: 'png', width: 9000, height: 6000, bytes: 60_000_000 })
    const { outcome } = forecast('a.png', facts, null, fix('scale', 'fit-size'))
    expect(outcome).toMatchObject({
      runs: true,
      after: { width: 8000, height: 5333, format: 'jpeg', seconds: null },
    })
    expect(outcome.after.bytes).toBeLessThanOrEqual(20_000_000)
  })

  test.each<[string, Facts]>([
    ['a clip', clip()],
    ['an image', image()],
    ['something else', { kind: 'other', format: 'text', bytes: 9, unreadable: null }],
  ])('of %s that nothing is done to', (_, facts) => {
    const { outcome } = forecast('a.bin', facts, null, fix())
    expect(outcome.runs).toBe(false)
    expect(outcome.after).toEqual(outcome.before)
    expect(outcome.after.bytes).toBe(facts.bytes)
  })
})

describe('a frame to crop by', () => {
  test.each([
    [{ x: 0, y: 0, width: 1, height: 1 }, [1280, 720]],
    [{ x: 0.25, y: 0.25, width: 0.5, height: 0.5 }, [640, 360]],
    [{ x: 0.999, y: 0.999, width: 0.001, height: 0.001 }, [240, 240]],
    [{ x: 0, y: 0.45, width: 1, height: 0.1 }, [1920, 240]],
  ])('%j of 1280 × 720 gives %j', (crop, [width, height]) => {
    const facts = clip({ width: 1280, height: 720 })
    const { outcome, report } = forecast('a.mp4', facts, null, { ...fix('crop'), crop })
    expect([outcome.after.width, outcome.after.height]).toEqual([width, height])
    expect(report.verdict).toBe('pass')
  })

  test('never leaves the picture or the limits, wherever it lies', () => {
    for (let width = 16; width < 9000; width = Math.ceil(width * 1.9)) {
      for (let at = 0; at < 1; at += 0.13) {
        const crop = { x: at, y: at / 2, width: Math.min(0.07, 1 - at), height: 0.31 }
        const facts = clip({ width, height: 1080 })
        const { report } = forecast('a.mp4', facts, null, { ...fix('crop'), crop })
        expect(report.verdict, `${width} ${JSON.stringify(crop)}`).toBe('pass')
      }
    }
  })
})
