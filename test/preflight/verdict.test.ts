import { describe, expect, test } from 'vitest'
import { checkClip, checkFile, checkImage, remediesOf, verdictOf } from '../../main/preflight'
import type { Level, RuleId } from '../../preload/contract'
import { clip, expectFinding, findingOf, image } from './facts'

const fail = 'fail' as const

describe('of another file', () => {
  test.each(['missing', 'empty', 'not-a-file', 'denied', 'timeout', 'damaged'] as const)(
    'that is %s',
    (reason) => {
      const facts = { kind: 'other', format: null, bytes: null, unreadable: reason } as const
      const { findings, verdict } = checkFile(facts, 'a.mp4')
      expect(verdict).toBe('fail')
      expect(findings).toHaveLength(1)
      expectFinding(findingOf({ findings, verdict }, 'readable'), {
        level: fail,
        measured: reason,
        limit: true,
        says: reason,
      })
    },
  )

  test.each<[string, string | null, RuleId, string]>([
    ['a.mp4', 'zip', 'container', 'mp4, mov'],
    ['a.jpg', 'zip', 'format', 'jpeg, png, bmp, webp'],
    ['a', null, 'format', 'jpeg, png, bmp, webp'],
  ])('%s with the content %s', (name, format, rule, limit) => {
    const facts = { kind: 'other', format, bytes: 9, unreadable: null } as const
    expectFinding(findingOf(checkFile(facts, name), rule), {
      level: fail,
      measured: format ?? 'unknown',
      limit,
      says: 'other',
      values: { content: format === null ? 'content.unknown' : `content.${format}` },
    })
  })

  test.each(
    '.mp4 .mov .m4v .3gp .3g2 .avi .mkv .webm .ts .mts .m2ts .mpg .mpeg .wmv .flv .m4a .qt .ogv'.split(
      ' ',
    ),
  )('a name that ends in %s promises a clip', (extension) => {
    const facts = { kind: 'other', format: 'text', bytes: 9, unreadable: null } as const
    for (const name of [`a${extension}`, `A.B${extension.toUpperCase()}`])
      expect(checkFile(facts, name).findings[0]?.rule).toBe('container')
  })
})

test('remedies are listed once, choices of the person first', () => {
  const worst = clip({
    container: 'mkv',
    codec: 'hevc',
    durations: { container: 20, video: 20, ignoringEdits: 20 },
    width: 100,
    height: 90,
    hdr: true,
    variableFrameRate: true,
    videoTracks: 2,
    bytes: 2e8,
  })
  expect(remediesOf(checkClip(worst, 'a.mkv'))).toEqual([
    'trim',
    'scale',
    'tone-map',
    'constant-rate',
    'keep-first-track',
    'fit-size',
    'remux',
  ])
  const strip = image({ format: 'gif', width: 9000, height: 100, frames: 2, transparent: true })
  expect(remediesOf(checkImage({ ...strip, colourSpace: 'cmyk', bytes: 3e7 }, 'a.gif'))).toEqual([
    'pad',
    'convert',
    'first-frame',
    'flatten',
    'to-srgb',
    'fit-size',
  ])
  expect(remediesOf(checkClip(clip({ codec: 'vp8' }), 'a.mov'))).toEqual(['re-encode', 'rename'])
})

test.each<[Level[], string]>([
  [[], 'pass'],
  [['pass', 'info'], 'pass'],
  [['info', 'warn', 'pass'], 'warn'],
  [['warn', 'fail', 'pass'], 'fail'],
])('%j add up to %s', (levels, verdict) => {
  expect(verdictOf(levels.map((level) => ({ level })))).toBe(verdict)
})
