import { describe, expect, it } from 'vitest'
import {
  formatFrames,
  frameAt,
  parseTimecode,
} from '../../../../renderer/features/edit/trim/timecode'

const ntsc = 30000 / 1001
const film = 24000 / 1001

describe('timecodes', () => {
  it.each([
    [0, 25, '00:00:00:00'],
    [1.2, 25, '00:00:01:05'],
    [59.96, 25, '00:00:59:24'],
    [3723.5, 30, '01:02:03:15'],
    [1.1999999, 25, '00:00:01:05'],
    [0.5, 120, '00:00:00:060'],
    [24 / film, film, '00:00:01:00'],
    // Drop frame: 29.97 skips the frame numbers 0 and 1 of each minute except every tenth (SMPTE ST 12-1).
    [1799 / ntsc, ntsc, '00:00:59;29'],
    [1800 / ntsc, ntsc, '00:01:00;02'],
    [17981 / ntsc, ntsc, '00:09:59;29'],
    [17982 / ntsc, ntsc, '00:10:00;00'],
    [107892 / ntsc, ntsc, '01:00:00;00'],
    [3600 / (60000 / 1001), 60000 / 1001, '00:01:00;04'],
  ])('%d s at %d frames per second are %s', (seconds, rate, code) =>
    expect(formatFrames(seconds, rate)).toBe(code),
  )

  it.each([24, 25, 30, 50, 60, film, ntsc, 60000 / 1001])(
    'round-trip every frame at %d frames per second',
    (rate) => {
      for (let frame = 0; frame < 40_000; frame += 7) {
        const seconds = parseTimecode(formatFrames(frame / rate, rate), rate, 0)
        expect(frameAt(seconds ?? -1, rate)).toBe(frame)
      }
    },
  )
})

describe('typed times', () => {
  it.each([
    ['1.2', 1.2],
    ['1,2', 1.2],
    [' 7 s ', 7],
    ['7 秒', 7],
    ['.5', 0.5],
    ['00:01.200', 1.2],
    ['1:02', 62],
    ['1:02:03', 3723],
    ['1:02:03.5', 3723.5],
    ['00:00:01:05', 1.2],
    ['00:00:01;05', 1.2],
    ['1;5', 1.2],
    ['1:00;5', 60.2],
    ['：00：00：01：05', null],
    ['00：00：01：05', 1.2],
    ['45f', 1.8],
    ['45 帧', 1.8],
    ['+10f', 4.4],
    ['-1.5', 2.5],
    ['−0:01', 3],
    ['+00:00:00:05', 4.2],
    ['', null],
    ['abc', null],
    ['1.2.3', null],
    ['00:00:01:25', null],
    ['1:2:3:4:5', null],
    ['+', null],
  ])('"%s"', (typed, seconds) => {
    const read = parseTimecode(typed, 25, 4)
    if (seconds === null) expect(read).toBeNull()
    else expect(read).toBeCloseTo(seconds, 9)
  })
})
