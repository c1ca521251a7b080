import { expect, test } from 'vitest'
import { packetSpan, packetTimes } from '../../../main/media/clips/frame-times'
import { createMediaTools } from '../../../main/media/create-media-tools'
import { checkFile } from '../../../main/preflight'
import { makeClip } from '../../support/make-media'
import { testTools } from '../../support/test-tools'

const at = (...times: number[]) => times.map((pts_time) => ({ pts_time, duration_time: 0.04 }))

test('duration and frame rate from packets in any order', () => {
  expect(packetTimes(at(1.4, 1.52, 1.44, 1.48))).toEqual({
    start: 1.4,
    duration: expect.closeTo(0.16, 6),
    frameRate: expect.closeTo(25, 6),
    variable: false,
    timesRise: true,
  })
})

test('rounding to milliseconds is no variable rate', () => {
  const times = Array.from({ length: 60 }, (_, frame) => Math.round((frame * 1000) / 59.94) / 1000)
  expect(packetTimes(at(...times))).toMatchObject({ variable: false })
})

test('dropped frames are a variable rate', () => {
  const times = Array.from({ length: 60 }, (_, frame) => (frame + Math.floor(frame / 3)) / 25)
  expect(packetTimes(at(...times))).toMatchObject({ variable: true })
})

test.each([[[]], [[...at(1, 2), {}, {}]]])('too few packets with a time: %j', (packets) => {
  expect(packetTimes(packets)).toBeNull()
})

test('the length of a single frame is known, its rate is not', () => {
  expect(packetTimes(at(1))).toMatchObject({ duration: 0.04, frameRate: null })
})

test.each([
  ['equal times', at(0, 0.04, 0.04, 0.08)],
  ['no times of display', at(0, 0.04, 0.08).map(({ pts_time }) => ({ dts_time: pts_time }))],
  ['decoding out of order', [0, 0.08, 0.04].map((time) => ({ pts_time: time, dts_time: time }))],
])('times that do not rise: %s', (_, packets) => {
  expect(packetTimes(packets)).toMatchObject({ timesRise: false })
})

test('a length is known to a hundredth of a millisecond, because times are printed to the microsecond', () => {
  const frames = Array.from({ length: 300 }, (_, frame) => ({
    pts_time: Number((1.433333 + frame / 30).toFixed(6)),
    duration_time: 0.033334,
  }))
  expect(packetTimes(frames)?.duration).toBe(10)
  expect(packetSpan(frames)).toEqual({ start: 1.433333, seconds: 10 })
})

test.each(['.ts', '.mkv'])(
  '%s has its real duration, and a variable rate is recognised',
  async (extension) => {
    const path = await makeClip({ extension, variableRate: true, seconds: 4, rate: 20 })
    const facts = await createMediaTools(testTools).inspect(path)
    expect(facts).toMatchObject({ variableFrameRate: true, duration: expect.closeTo(4, 0) })
    expect(checkFile(facts, path).findings).toContainEqual(
      expect.objectContaining({ rule: 'frame_rate', remedy: 'constant-rate' }),
    )
  },
)
