import { describe, expect, test } from 'vitest'
import { checkFile, checkImage } from '../../main/preflight'
import type { ImageFacts, Level, OtherFacts, Remedy, RuleId } from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { findingOf, image } from './facts'

type Row = [what: string, facts: ImageFacts, level: Level, remedy?: Remedy]

const check = (rule: RuleId, rows: Row[]) =>
  describe(rule, () => {
    test.each(rows)('%s', (_, facts, level, remedy) => {
      const finding = findingOf(checkImage(facts, 'picture.jpg'), rule)
      expect(finding.level).toBe(level)
      expect(finding.remedy).toBe(remedy)
    })
  })

check('readable', [
  ['decodes', image(), 'pass'],
  ['does not', image({ decodes: false }), 'fail'],
])

check('format', [
  ...['jpeg', 'png', 'bmp', 'webp'].map((format): Row => [format, image({ format }), 'pass']),
  ...['gif', 'tiff', 'avif'].map((format): Row => [format, image({ format }), 'fail', 'convert']),
  ...['heic', 'svg', 'jxl', 'ico'].map(
    (format): Row => [format, image({ format, decodes: false }), 'fail'],
  ),
])

check('width', [
  ['at the lower bound', image({ width: 240 }), 'pass'],
  ['just below it', image({ width: 239 }), 'fail', 'scale'],
  ['at the upper bound', image({ width: 8000, height: 4000 }), 'pass'],
  ['just above it', image({ width: 8001, height: 4000 }), 'fail', 'scale'],
  ['where scaling alone cannot help', image({ width: 100, height: 5000 }), 'fail', 'pad'],
  ['of a damaged image', image({ width: 100, decodes: false }), 'fail'],
])

check('height', [
  ['at the lower bound', image({ height: 240 }), 'pass'],
  ['just below it', image({ height: 239 }), 'fail', 'scale'],
  ['at the upper bound', image({ width: 4000, height: 8000 }), 'pass'],
  ['just above it', image({ width: 4000, height: 8001 }), 'fail', 'scale'],
])

check('aspect', [
  ['at the upper bound', image({ width: 8000, height: 1000 }), 'pass'],
  ['just above it', image({ width: 8000, height: 999 }), 'fail', 'pad'],
  ['at the lower bound', image({ width: 1000, height: 8000 }), 'pass'],
  ['just below it', image({ width: 999, height: 8000 }), 'fail', 'pad'],
])

check('size', [
  ['at the soft bound', image({ bytes: 20_000_000 }), 'pass'],
  ['just above it', image({ bytes: 20_000_001 }), 'warn', 'fit-size'],
  ['at the hard bound', image({ bytes: 20_971_520 }), 'warn', 'fit-size'],
  ['just above that', image({ bytes: 20_971_521 }), 'fail', 'fit-size'],
])

check('alpha', [
  ['PNG without', image({ format: 'png' }), 'pass'],
  ['PNG, all opaque', image({ format: 'png', alpha: true }), 'warn', 'flatten'],
  ['PNG, not opaque', image({ format: 'png', alpha: true, transparent: true }), 'fail', 'flatten'],
  ['WEBP, all opaque', image({ format: 'webp', alpha: true }), 'pass'],
  [
    'WEBP, not opaque',
    image({ format: 'webp', alpha: true, transparent: true }),
    'warn',
    'flatten',
  ],
  ['BMP, all opaque', image({ format: 'bmp', alpha: true }), 'pass'],
  ['BMP, not opaque', image({ format: 'bmp', alpha: true, transparent: true }), 'warn', 'flatten'],
])

check('animation', [
  ['one frame', image(), 'pass'],
  ['two frames', image({ frames: 2 }), 'warn', 'first-frame'],
])

check('colour', [
  ['sRGB', image(), 'pass'],
  ['greyscale', image({ colourSpace: 'b-w' }), 'pass'],
  ['16 bits', image({ colourSpace: 'rgb16' }), 'pass'],
  ['CMYK', image({ colourSpace: 'cmyk' }), 'warn', 'to-srgb'],
  ['Display P3', image({ colourSpace: 'Display P3' }), 'warn', 'to-srgb'],
])

describe('extension', () => {
  test.each<[string, string, Level]>([
    ['a.jpg', 'jpeg', 'pass'],
    ['a.JPEG', 'jpeg', 'pass'],
    ['a.png', 'jpeg', 'warn'],
    ['a.gif', 'png', 'warn'],
    ['a', 'png', 'warn'],
    ['a.webp', 'webp', 'pass'],
    ['a.bmp', 'bmp', 'pass'],
  ])('%s that is %s', (name, format, level) => {
    expect(findingOf(checkImage(image({ format }), name), 'extension').level).toBe(level)
  })
})

test('an image that the app cannot decode has findings for its format and its size only', () => {
  const facts = image({ format: 'heic', width: null, height: null, decodes: false })
  expect(checkImage(facts, 'a.heic').findings.map(({ rule }) => rule)).toEqual(['format', 'size'])
})

describe('a file that is neither clip nor image', () => {
  const other = (changes: Partial<OtherFacts>): OtherFacts => ({
    kind: 'other',
    format: null,
    bytes: 10,
    unreadable: null,
    ...changes,
  })
  test.each<[string, OtherFacts, RuleId]>([
    ['notes.txt', other({ format: 'text' }), 'format'],
    ['notes.mp4', other({ format: 'text' }), 'container'],
    ['photo.jpg', other({ format: 'gzip' }), 'format'],
    ['song.mov', other({ format: 'audio' }), 'container'],
    ['noise', other({}), 'format'],
    ['gone.mp4', other({ unreadable: 'missing', bytes: null }), 'readable'],
    ['empty.png', other({ unreadable: 'empty', bytes: 0 }), 'readable'],
    ['folder', other({ unreadable: 'not-a-file' }), 'readable'],
    ['secret.mp4', other({ unreadable: 'denied' }), 'readable'],
    ['slow.mp4', other({ unreadable: 'timeout' }), 'readable'],
    ['bad.mp4', other({ unreadable: 'damaged' }), 'readable'],
  ])('%s', (name, facts, rule) => {
    const report = checkFile(facts, name)
    expect(report.verdict).toBe('fail')
    expect(report.findings.map((finding) => finding.rule)).toEqual([rule])
    for (const { text } of report.findings) {
      expect(say(text, 'en')).not.toContain('finding.')
      expect(say(text, 'zh')).not.toContain('finding.')
    }
  })
})
