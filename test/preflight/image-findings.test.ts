import { describe, expect, test } from 'vitest'
import { checkImage, remediesOf } from '../../main/preflight'
import type { ImageFacts, RuleId } from '../../preload/contract'
import { type Expected, expectFinding, findingOf, image } from './facts'

const pass = 'pass' as const
const fail = 'fail' as const
const warn = 'warn' as const

describe('of an image', () => {
  const sides = { min: 240, max: 8000 }
  test.each<[RuleId, ImageFacts, Expected]>([
    ['readable', image(), { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'readable',
      image({ decodes: false }),
      { level: fail, measured: false, limit: true, says: 'undecodable' },
    ],
    [
      'format',
      image({ format: 'gif' }),
      {
        level: fail,
        measured: 'gif',
        limit: 'jpeg, png, bmp, webp',
        says: 'broken',
        values: { measured: 'GIF' },
        remedy: 'convert',
      },
    ],
    [
      'extension',
      image({ format: 'png' }),
      {
        level: warn,
        measured: '.jpg',
        limit: '.png',
        says: 'broken',
        values: { measured: '.jpg', content: 'content.png', usual: '.png' },
        remedy: 'rename',
      },
    ],
    [
      'extension',
      image(),
      {
        level: pass,
        measured: '.jpg',
        limit: '.jpg, .jpeg, .jpe, .jfif',
        says: 'pass',
        values: { measured: '.jpg', content: 'content.jpeg', usual: '.jpg' },
      },
    ],
    [
      'width',
      image({ width: 8001, height: 1001 }),
      {
        level: fail,
        measured: 8001,
        limit: sides,
        says: 'high',
        values: { measured: 8001, ...sides },
        remedy: 'scale',
      },
    ],
    [
      'height',
      image({ width: 8000, height: 100 }),
      {
        level: fail,
        measured: 100,
        limit: sides,
        says: 'low',
        values: { measured: 100, ...sides },
        remedy: 'pad',
      },
    ],
    [
      'size',
      image({ bytes: 20_000_001 }),
      {
        level: warn,
        measured: 20_000_001,
        limit: 20_000_000,
        says: 'near',
        values: { measured: '20.001 MB', max: '20 MB' },
        remedy: 'fit-size',
      },
    ],
    ['alpha', image(), { level: pass, measured: 'opaque', limit: 'opaque', says: 'pass' }],
    [
      'alpha',
      image({ format: 'webp', alpha: true }),
      { level: pass, measured: 'opaque alpha channel', limit: 'opaque', says: 'pass' },
    ],
    [
      'alpha',
      image({ format: 'png', alpha: true }),
      {
        level: warn,
        measured: 'opaque alpha channel',
        limit: 'opaque',
        says: 'channel',
        remedy: 'flatten',
      },
    ],
    [
      'alpha',
      image({ format: 'png', alpha: true, transparent: true }),
      {
        level: fail,
        measured: 'transparent',
        limit: 'opaque',
        says: 'transparent',
        remedy: 'flatten',
      },
    ],
    [
      'animation',
      image({ frames: 7 }),
      {
        level: warn,
        measured: 7,
        limit: 1,
        says: 'broken',
        values: { measured: 7 },
        remedy: 'first-frame',
      },
    ],
    [
      'colour',
      image({ colourSpace: 'cmyk' }),
      {
        level: warn,
        measured: 'cmyk',
        limit: 'srgb',
        says: 'broken',
        values: { measured: 'CMYK' },
        remedy: 'to-srgb',
      },
    ],
    [
      'colour',
      image({ colourSpace: 'Display P3' }),
      {
        level: warn,
        measured: 'Display P3',
        limit: 'srgb',
        says: 'broken',
        values: { measured: 'Display P3' },
        remedy: 'to-srgb',
      },
    ],
    [
      'colour',
      image({ colourSpace: null }),
      { level: pass, measured: null, limit: 'srgb', says: 'pass', values: { measured: 'sRGB' } },
    ],
  ])('%s', (rule, facts, expected) => {
    expectFinding(findingOf(checkImage(facts, 'a.jpg'), rule), expected)
  })

  test.each(['jpeg', 'png', 'bmp', 'webp', 'gif', 'tiff', 'avif'])(
    'that is a damaged %s, only renaming can help',
    (format) => {
      const facts = image({ format, decodes: false, width: 10, bytes: 3e7, alpha: true })
      const report = checkImage(facts, 'a.txt')
      expect(findingOf(report, 'readable').level).toBe('fail')
      const isAccepted = ['jpeg', 'png', 'bmp', 'webp'].includes(format)
      expect(remediesOf(report)).toEqual(isAccepted ? ['rename'] : [])
      const rules = report.findings.map(({ rule }) => rule)
      for (const rule of ['alpha', 'animation', 'colour']) expect(rules).not.toContain(rule)
    },
  )

  test.each(['srgb', 'b-w', 'rgb16', 'grey16', 'rgb'])('the colour space %s passes', (space) => {
    const report = checkImage(image({ colourSpace: space }), 'a.jpg')
    expect(findingOf(report, 'colour').level).toBe('pass')
  })
})
