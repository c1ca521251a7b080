import { describe, expect, test } from 'vitest'
import {
  checkClip,
  checkEdit,
  checkFile,
  checkImage,
  remediesOf,
  verdictOf,
} from '../../main/preflight'
import {
  type ClipFacts,
  type EditOptions,
  editOptions,
  type Finding,
  type ImageFacts,
  type Level,
  providerTable,
  type RuleId,
} from '../../preload/contract'
import { clip, findingOf, image, lasting } from './facts'

/** What other programs read of a finding, and what its sentence is filled with. */
interface Expected {
  level: Level
  measured: Finding['measured']
  limit: Finding['limit']
  /** The variant of the rule's sentence. */
  says: string
  values?: Record<string, string | number>
  remedy?: string
}

const expectFinding = (finding: Finding, { says, values = {}, ...rest }: Expected) => {
  const { rule, text, message: _, ...found } = finding
  expect(found).toEqual(rest)
  expect(text).toEqual({ key: `finding.${rule}_${says}`, values })
}

const seconds = { min: 2, max: 10 }
const pixels = { min: 240, max: 4096 }
const ratios = { min: 1 / 8, max: 8 }
const shownRatios = { min: '1:8', max: '8:1' }
const pass = 'pass' as const
const fail = 'fail' as const
const warn = 'warn' as const
const unreadable = { videoTracks: 0, duration: null, width: null, height: null, codec: null }

describe('of a clip', () => {
  test.each<[RuleId, ClipFacts, Expected]>([
    ['readable', clip(), { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'readable',
      clip({ opens: false }),
      { level: fail, measured: false, limit: true, says: 'broken' },
    ],
    ['complete', clip(), { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'complete',
      clip({ complete: false }),
      { level: fail, measured: false, limit: true, says: 'broken' },
    ],
    ['protected', clip(), { level: pass, measured: false, limit: false, says: 'pass' }],
    [
      'protected',
      clip({ encrypted: true }),
      { level: fail, measured: true, limit: false, says: 'broken' },
    ],
    [
      'container',
      clip({ container: 'webm', codec: 'hevc' }),
      {
        level: fail,
        measured: 'webm',
        limit: 'mp4, mov',
        says: 'broken',
        values: { content: 'content.webm' },
        remedy: 'remux',
      },
    ],
    [
      'video_track',
      clip(),
      { level: pass, measured: 1, limit: 1, says: 'pass', values: { measured: 1 } },
    ],
    [
      'video_track',
      clip(unreadable),
      { level: fail, measured: 0, limit: 1, says: 'none', values: { measured: 0 } },
    ],
    [
      'video_track',
      clip({ videoTracks: 3 }),
      {
        level: warn,
        measured: 3,
        limit: 1,
        says: 'many',
        values: { measured: 3 },
        remedy: 'keep-first-track',
      },
    ],
    [
      'duration',
      lasting(5),
      {
        level: pass,
        measured: 5,
        limit: seconds,
        says: 'pass',
        values: { measured: '5', ...seconds },
      },
    ],
    [
      'duration',
      lasting(1.9996),
      {
        level: fail,
        measured: 1.9996,
        limit: seconds,
        says: 'short',
        values: { measured: '1.9996', ...seconds },
      },
    ],
    [
      'duration',
      lasting(12.345),
      {
        level: fail,
        measured: 12.345,
        limit: seconds,
        says: 'long',
        values: { measured: '12.35', ...seconds },
        remedy: 'trim',
      },
    ],
    [
      'duration',
      lasting(5, 11),
      {
        level: fail,
        measured: 11,
        limit: { min: 2, max: 10.1 },
        says: 'container',
        values: { measured: '11', min: 2, max: 10.1 },
        remedy: 're-encode',
      },
    ],
    [
      'duration',
      lasting(5, 5, 11),
      {
        level: warn,
        measured: 11,
        limit: seconds,
        says: 'edits',
        values: { measured: '11', ...seconds },
        remedy: 're-encode',
      },
    ],
    [
      'duration',
      lasting(9.9, 10.05),
      {
        level: warn,
        measured: 10.05,
        limit: seconds,
        says: 'tail',
        values: { measured: '10.05', ...seconds },
        remedy: 're-encode',
      },
    ],
    [
      'duration',
      clip({ duration: null, durations: { container: null, video: null, ignoringEdits: null } }),
      { level: fail, measured: null, limit: seconds, says: 'unknown', values: seconds },
    ],
    [
      'width',
      clip({ width: 239 }),
      {
        level: fail,
        measured: 239,
        limit: pixels,
        says: 'low',
        values: { measured: 239, ...pixels },
        remedy: 'scale',
      },
    ],
    [
      'height',
      clip({ width: 4000, height: 4097 }),
      {
        level: fail,
        measured: 4097,
        limit: pixels,
        says: 'high',
        values: { measured: 4097, ...pixels },
        remedy: 'scale',
      },
    ],
    [
      'width',
      clip({ width: 0 }),
      {
        level: fail,
        measured: 0,
        limit: pixels,
        says: 'unknown',
        values: { measured: 0, ...pixels },
      },
    ],
    [
      'height',
      clip({ width: 5000, height: 100 }),
      {
        level: fail,
        measured: 100,
        limit: pixels,
        says: 'low',
        values: { measured: 100, ...pixels },
        remedy: 'pad',
      },
    ],
    [
      'aspect',
      clip({ width: 2560, height: 240 }),
      {
        level: fail,
        measured: 2560 / 240,
        limit: ratios,
        says: 'high',
        values: { measured: '10.67:1', ...shownRatios },
        remedy: 'pad',
      },
    ],
    [
      'aspect',
      clip({ width: 240, height: 2400 }),
      {
        level: fail,
        measured: 0.1,
        limit: ratios,
        says: 'low',
        values: { measured: '1:10', ...shownRatios },
        remedy: 'pad',
      },
    ],
    [
      'size',
      clip({ bytes: 100_000_001 }),
      {
        level: warn,
        measured: 100_000_001,
        limit: 100_000_000,
        says: 'near',
        values: { measured: '100.000001 MB', max: '100 MB' },
        remedy: 'fit-size',
      },
    ],
    [
      'size',
      clip({ bytes: 200_000_000 }),
      {
        level: fail,
        measured: 200_000_000,
        limit: 104_857_600,
        says: 'high',
        values: { measured: '200 MB', max: '104.86 MB' },
        remedy: 'fit-size',
      },
    ],
    [
      'size',
      clip({ bytes: 0 }),
      {
        level: pass,
        measured: 0,
        limit: 104_857_600,
        says: 'pass',
        values: { measured: '0 B', max: '104.86 MB' },
      },
    ],
    [
      'codec',
      clip({ codec: 'prores' }),
      {
        level: warn,
        measured: 'prores',
        limit: 'h264, hevc',
        says: 'broken',
        values: { measured: 'ProRes' },
        remedy: 're-encode',
      },
    ],
    [
      'codec',
      clip({ codec: null }),
      {
        level: warn,
        measured: null,
        limit: 'h264, hevc',
        says: 'broken',
        values: { measured: '?' },
        remedy: 're-encode',
      },
    ],
    [
      'frame_rate',
      clip({ frameRate: 60.05 }),
      {
        level: warn,
        measured: 60.05,
        limit: 60,
        says: 'high',
        values: { measured: '60.05', max: 60 },
        remedy: 'constant-rate',
      },
    ],
    [
      'frame_rate',
      clip({ frameRate: 60.004 }),
      {
        level: pass,
        measured: 60.004,
        limit: 60,
        says: 'pass',
        values: { measured: '60.004', max: 60 },
      },
    ],
    [
      'frame_rate',
      clip({ frameRate: null, variableFrameRate: true }),
      {
        level: warn,
        measured: null,
        limit: 60,
        says: 'varies',
        values: { measured: '?', max: 60 },
        remedy: 'constant-rate',
      },
    ],
    [
      'frame_rate',
      clip({ frameRate: null }),
      { level: pass, measured: null, limit: 60, says: 'pass', values: { measured: '?', max: 60 } },
    ],
    [
      'hdr',
      clip({ hdr: true }),
      { level: warn, measured: true, limit: false, says: 'broken', remedy: 'tone-map' },
    ],
    [
      'rotation',
      clip({ rotation: 270 }),
      { level: 'info', measured: 270, limit: 0, says: 'broken', values: { measured: 270 } },
    ],
    [
      'audio',
      clip({ audio: [] }),
      { level: 'info', measured: 0, limit: 1, says: 'broken', values: { measured: '' } },
    ],
    [
      'audio',
      clip({
        audio: ['aac', 'ac3'].map((codec) => ({ codec, channels: 2, sampleRate: 48_000 })),
      }),
      { level: pass, measured: 2, limit: 1, says: 'pass', values: { measured: 'aac, ac3' } },
    ],
  ])('%s', (rule, facts, expected) => {
    expectFinding(findingOf(checkClip(facts, 'a.mp4'), rule), expected)
  })

  test.each<[string, string, Expected]>([
    [
      'a.mov',
      'mp4',
      {
        level: warn,
        measured: '.mov',
        limit: '.mp4',
        says: 'broken',
        values: { measured: '.mov', content: 'content.mp4', usual: '.mp4' },
        remedy: 'rename',
      },
    ],
    [
      'a',
      'mov',
      {
        level: warn,
        measured: '',
        limit: '.mov',
        says: 'none',
        values: { measured: '', content: 'content.mov', usual: '.mov' },
        remedy: 'rename',
      },
    ],
    [
      'a.mkv',
      'mkv',
      {
        level: warn,
        measured: '.mkv',
        limit: '.mp4, .mov',
        says: 'refused',
        values: { measured: '.mkv' },
      },
    ],
    [
      'a',
      'mkv',
      {
        level: warn,
        measured: '',
        limit: '.mp4, .mov',
        says: 'refused-none',
        values: { measured: '' },
      },
    ],
    [
      'a.MOV',
      'mkv',
      {
        level: warn,
        measured: '.mov',
        limit: '.mp4, .mov',
        says: 'misleading',
        values: { measured: '.mov' },
      },
    ],
  ])('the name %s of %s', (name, container, expected) => {
    expectFinding(findingOf(checkClip(clip({ container }), name), 'extension'), expected)
  })

  test.each<[string, Partial<ClipFacts>]>([
    ['cannot be opened', { opens: false }],
    ['has no picture', { videoTracks: 0 }],
    ['is encrypted', { encrypted: true }],
    ['is incomplete', { complete: false }],
    ['has no decoder', { decodes: false }],
  ])('that %s, no remedy but renaming is offered', (_, changes) => {
    const broken = { container: 'mov', width: 10, bytes: 2e8, codec: 'vp8', hdr: true }
    expect(remediesOf(checkClip(clip({ ...broken, ...changes }), 'a.mp4'))).toEqual(['rename'])
    expect(remediesOf(checkClip(clip(broken), 'a.mp4'))).toContain('re-encode')
  })

  test('a container that needs one is repaired by copying only if the codec may stay', () => {
    for (const [codec, remedy] of [
      ['h264', 'remux'],
      ['hevc', 'remux'],
      ['vp9', 're-encode'],
      [null, 're-encode'],
    ] as const) {
      const report = checkClip(clip({ container: 'mkv', codec }), 'a.mkv')
      expect(findingOf(report, 'container').remedy).toBe(remedy)
    }
  })

  test('without a video track, nothing is said of its picture', () => {
    const rules = checkClip(clip({ videoTracks: 0 }), 'a.mp4').findings.map(({ rule }) => rule)
    const expected = 'readable complete protected container extension video_track size audio'
    expect(rules.join(' ')).toBe(expected)
  })

  test('of unknown size, nothing is said of its sides and ratio', () => {
    const report = checkClip(clip({ width: null, height: null }), 'a.mp4')
    const rules = report.findings.map(({ rule }) => rule)
    expect(rules).not.toContain('width')
    expect(rules).not.toContain('height')
    expect(rules).not.toContain('aspect')
    expect(report.verdict).toBe('pass')
  })
})

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
        values: { measured: '20.000001 MB', max: '20 MB' },
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
      expect(remediesOf(report).filter((remedy) => remedy !== 'rename')).toEqual([])
      const rules = report.findings.map(({ rule }) => rule)
      for (const rule of ['alpha', 'animation', 'colour']) expect(rules).not.toContain(rule)
    },
  )

  test.each(['srgb', 'b-w', 'rgb16', 'grey16', 'rgb'])('%s is shown alike everywhere', (space) => {
    const report = checkImage(image({ colourSpace: space }), 'a.jpg')
    expect(findingOf(report, 'colour').level).toBe('pass')
  })
})

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

describe('of an edit', () => {
  const { limits } = providerTable.dashscope.modes.edit
  const check = (rule: RuleId, options: Partial<EditOptions>, changes = {}) => {
    const subject = { prompt: 'Rain', negativePrompt: '', imageCount: 0, clipSeconds: 5, limits }
    const chosen = { ...editOptions.parse({}), ...options }
    return findingOf(checkEdit({ ...subject, options: chosen, hasKey: true, ...changes }), rule)
  }
  const seeds = { min: 0, max: 2_147_483_647 }
  const cuts = { min: 2, max: 10 }
  const images = { min: 0, max: 4 }
  const narrow = { ...limits, images: { min: 1, max: 4, used: 1 } }
  const callbacks = { ...limits, options: { ...limits.options, callback: true } }
  const address = 'https://hooks.example.com/done'

  test.each<[RuleId, Partial<EditOptions>, object, Expected]>([
    [
      'prompt',
      {},
      {},
      { level: pass, measured: 4, limit: 5000, says: 'pass', values: { measured: 4, max: 5000 } },
    ],
    [
      'negative_prompt',
      {},
      { negativePrompt: 'x'.repeat(501) },
      {
        level: warn,
        measured: 501,
        limit: 500,
        says: 'long',
        values: { measured: 501, max: 500 },
      },
    ],
    [
      'images',
      {},
      { imageCount: 5 },
      {
        level: fail,
        measured: 5,
        limit: images,
        says: 'many',
        values: { measured: 5, ...images, used: 4 },
      },
    ],
    [
      'images',
      {},
      { limits: narrow },
      {
        level: fail,
        measured: 0,
        limit: { min: 1, max: 4 },
        says: 'few',
        values: { measured: 0, min: 1, max: 4, used: 1 },
      },
    ],
    [
      'images',
      {},
      { limits: narrow, imageCount: 2 },
      {
        level: warn,
        measured: 2,
        limit: { min: 1, max: 4 },
        says: 'unused',
        values: { measured: 2, min: 1, max: 4, used: 1 },
      },
    ],
    [
      'seed',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: seeds,
        says: 'unset',
        values: { measured: 0, ...seeds },
      },
    ],
    [
      'seed',
      { seed: 1.5 },
      {},
      {
        level: fail,
        measured: 1.5,
        limit: seeds,
        says: 'broken',
        values: { measured: 1.5, ...seeds },
      },
    ],
    [
      'cut',
      { cut: 0 },
      {},
      {
        level: pass,
        measured: 0,
        limit: cuts,
        says: 'unset',
        values: { measured: 0, ...cuts, clip: 5 },
      },
    ],
    [
      'cut',
      { cut: 11 },
      {},
      {
        level: fail,
        measured: 11,
        limit: cuts,
        says: 'broken',
        values: { measured: 11, ...cuts, clip: 5 },
      },
    ],
    [
      'cut',
      { cut: 6 },
      {},
      {
        level: fail,
        measured: 6,
        limit: cuts,
        says: 'longer',
        values: { measured: 6, ...cuts, clip: 5 },
      },
    ],
    [
      'cut',
      { cut: 6 },
      { clipSeconds: null },
      {
        level: pass,
        measured: 6,
        limit: cuts,
        says: 'pass',
        values: { measured: 6, ...cuts, clip: 0 },
      },
    ],
    [
      'quality',
      { quality: '1080p' },
      { limits: { ...limits, qualities: ['720p'] } },
      {
        level: fail,
        measured: '1080p',
        limit: '720p',
        says: 'broken',
        values: { measured: '1080p', limit: '720p' },
      },
    ],
    [
      'ratio',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'unset',
        values: { measured: '', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'ratio',
      { ratio: '1:1' },
      { limits: { ...limits, ratios: ['16:9', '9:16'] } },
      {
        level: fail,
        measured: '1:1',
        limit: '16:9, 9:16',
        says: 'broken',
        values: { measured: '1:1', limit: '16:9, 9:16' },
      },
    ],
    [
      'ratio',
      {},
      { limits: { ...limits, keepsRatio: false } },
      {
        level: 'info',
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'nearest',
        values: { measured: '', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'ratio',
      {},
      { limits: { ...limits, keepsRatio: false }, clipSize: { width: 400, height: 300 } },
      {
        level: 'info',
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'implied',
        values: { ratio: '4:3' },
      },
    ],
    [
      'ratio',
      { ratio: '1:1' },
      { limits: { ...limits, keepsRatio: false }, clipSize: { width: 400, height: 300 } },
      {
        level: pass,
        measured: '1:1',
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'pass',
        values: { measured: '1:1', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'callback',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: false,
        says: 'unset',
        values: { measured: '', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: address },
      {},
      {
        level: fail,
        measured: address,
        limit: false,
        says: 'refused',
        values: { measured: address, max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: 'http://a.example' },
      { limits: callbacks },
      {
        level: fail,
        measured: 'http://a.example',
        limit: true,
        says: 'not-https',
        values: { measured: 'http://a.example', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: 'http://a.example' },
      {},
      {
        level: fail,
        measured: 'http://a.example',
        limit: false,
        says: 'refused',
        values: { measured: 'http://a.example', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: address },
      { limits: callbacks },
      {
        level: pass,
        measured: address,
        limit: true,
        says: 'pass',
        values: { measured: address, max: 2048 },
      },
    ],
    ['storage', {}, {}, { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'storage',
      {},
      { storage: 'unsure' },
      { level: 'info', measured: true, limit: true, says: 'unsure' },
    ],
    [
      'storage',
      {},
      { storage: 'missing' },
      { level: fail, measured: false, limit: true, says: 'missing' },
    ],
    ['key', {}, {}, { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'key',
      {},
      { needsKey: false },
      { level: pass, measured: true, limit: true, says: 'unneeded' },
    ],
    ['key', {}, { hasKey: false }, { level: fail, measured: false, limit: true, says: 'broken' }],
    [
      'options',
      { watermark: true },
      { limits: providerTable.evolink.modes.edit.limits },
      { level: warn, measured: 'watermark', limit: false, says: 'watermark' },
    ],
  ])('%s with %j and %j', (rule, options, changes, expected) => {
    expectFinding(check(rule, options, changes), expected)
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
