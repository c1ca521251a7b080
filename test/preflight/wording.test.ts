import { expect, test } from 'vitest'
import {
  codecName,
  contentKey,
  shownBytes,
  shownNumber,
  shownRatio,
} from '../../main/preflight/wording'

test.each<[number, number[], string]>([
  [10, [], '10'],
  [9.5, [], '9.5'],
  [9.556, [], '9.56'],
  [10.004, [], '10'],
  [10.004, [2, 10], '10.004'],
  [10.000_04, [2, 10], '10.001'],
  [10.000_001, [2, 10], '10.001'],
  [9.996, [2, 10], '9.996'],
  [1.9999, [2, 10], '1.999'],
  [10, [2, 10], '10'],
  [104.857_601, [100, 104.857_6], '104.861'],
])('%d beside the bounds %j is shown as %s', (value, bounds, shown) => {
  expect(shownNumber(value, bounds)).toBe(shown)
})

test.each<[number, number[], string]>([
  [0, [], '0 B'],
  [999, [], '999 B'],
  [1000, [], '1 kB'],
  [1540, [], '1.5 kB'],
  [999_900, [], '999.9 kB'],
  [1_000_000, [], '1 MB'],
  [1_250_000, [], '1.3 MB'],
  [100_000_001, [100_000_000], '100.001 MB'],
  [100_000_000, [100_000_000], '100 MB'],
  [104_857_601, [100_000_000, 104_857_600], '104.9 MB'],
])('%d bytes beside the bounds %j are shown as %s', (bytes, bounds, shown) => {
  expect(shownBytes(bytes, bounds)).toBe(shown)
})

test.each([
  [16 / 9, '1.78:1'],
  [9 / 16, '1:1.78'],
  [1, '1:1'],
  [8, '8:1'],
  [8.001, '8.001:1'],
  [1 / 8, '1:8'],
  [1 / 8.004, '1:8.004'],
])('the ratio %d is shown as %s', (ratio, shown) => {
  expect(shownRatio(ratio)).toBe(shown)
})

test.each([
  ['h264', 'H.264'],
  ['hevc', 'HEVC'],
  ['vp8', 'VP8'],
  ['vp9', 'VP9'],
  ['av1', 'AV1'],
  ['prores', 'ProRes'],
  ['dnxhd', 'DNxHD'],
  ['mjpeg', 'MJPEG'],
  ['mpeg4', 'MPEG-4'],
  ['mpeg2video', 'MPEG-2'],
  ['mpeg1video', 'MPEG-1'],
  ['h263', 'H.263'],
  ['theora', 'Theora'],
  ['rawvideo', 'rawvideo'],
  [null, '?'],
])('the codec %s is shown as %s', (codec, shown) => {
  expect(codecName(codec)).toBe(shown)
})

test.each([
  ['mp4', 'content.mp4'],
  ['pdf', 'content.pdf'],
  ['nonsense', 'content.unknown'],
  ['toString', 'content.unknown'],
  [null, 'content.unknown'],
])('the content %s is named by %s', (kind, key) => {
  expect(contentKey(kind)).toBe(key)
})
