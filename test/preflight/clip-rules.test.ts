import { describe, expect, test } from 'vitest'
import { checkClip } from '../../main/preflight'
import {
  type ClipFacts,
  type Level,
  type Remedy,
  type RuleId,
  report,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { clip, findingOf, lasting } from './facts'

type Row = [what: string, facts: ClipFacts, level: Level, remedy?: Remedy]

const check = (rule: RuleId, rows: Row[], name = 'clip.mp4') =>
  describe(rule, () => {
    test.each(rows)('%s', (_, facts, level, remedy) => {
      const finding = findingOf(checkClip(facts, name), rule)
      expect(finding.level).toBe(level)
      expect(finding.remedy).toBe(remedy)
    })
  })

check('readable', [
  ['opens', clip(), 'pass'],
  ['does not open', clip({ opens: false }), 'fail'],
])

check('complete', [
  ['all data', clip(), 'pass'],
  ['data missing', clip({ complete: false }), 'fail'],
  ['enough of it whole', clip({ complete: false, whole: 2 }), 'fail', 'salvage'],
  ['too little of it whole', clip({ complete: false, whole: 1.999 }), 'fail'],
])

check('decodes', [
  ['frames that decode', clip({ framesDecode: true }), 'pass'],
  ['a frame that does not', clip({ framesDecode: false }), 'fail'],
])

check('protected', [
  ['in the clear', clip(), 'pass'],
  ['encrypted', clip({ encrypted: true }), 'fail'],
])

check('container', [
  ['MP4', clip(), 'pass'],
  ['QuickTime', clip({ container: 'mov', brand: 'qt' }), 'pass'],
  ['3GP with H.264', clip({ container: '3gp' }), 'fail', 'remux'],
  ['MKV with HEVC', clip({ container: 'mkv', codec: 'hevc' }), 'fail', 'remux'],
  ['AVI with MPEG-4', clip({ container: 'avi', codec: 'mpeg4' }), 'fail', 're-encode'],
  ['WebM', clip({ container: 'webm', codec: 'vp9' }), 'fail', 're-encode'],
  ['sound alone', clip({ container: 'm4a', videoTracks: 0, codec: null }), 'fail'],
  ['encrypted MKV', clip({ container: 'mkv', encrypted: true }), 'fail'],
])

check('video_track', [
  ['one', clip(), 'pass'],
  ['none', clip({ videoTracks: 0 }), 'fail'],
  ['two', clip({ videoTracks: 2 }), 'warn', 'keep-first-track'],
])

check('duration', [
  ['at the lower bound', lasting(2), 'pass'],
  ['just below it', lasting(1.999), 'fail', 'extend'],
  ['at the upper bound', lasting(10), 'pass'],
  ['just above it', lasting(10.001), 'fail', 'trim'],
  ['far above it', lasting(3600), 'fail', 'trim'],
  ['with a tail of sound', lasting(10, 10.05), 'warn', 're-encode'],
  ['with the longest tail', lasting(10, 10.1), 'warn', 're-encode'],
  ['with a tail that is too long', lasting(10, 10.101), 'fail', 're-encode'],
  ['in a container that claims hours', lasting(5, 7200), 'fail', 're-encode'],
  ['in a container that claims too little', lasting(5, 1), 'fail', 're-encode'],
  ['with hidden frames', lasting(5, 5, 10.5), 'warn', 're-encode'],
  ['with hidden frames within the bounds', lasting(5, 5, 9), 'pass'],
  ['too short to begin with, hidden frames or not', lasting(1.5, 1.5, 4), 'fail', 'extend'],
  [
    'unknown',
    clip({ duration: null, durations: { container: null, video: null, ignoringEdits: null } }),
    'fail',
  ],
  [
    'known by the container alone',
    clip({ duration: null, durations: { container: 5, video: null, ignoringEdits: null } }),
    'pass',
  ],
  [
    'known by the video alone',
    clip({ durations: { container: null, video: 5, ignoringEdits: 5 } }),
    'pass',
  ],
  ['too long and encrypted', { ...lasting(20), encrypted: true }, 'fail'],
])

check('width', [
  ['at the lower bound', clip({ width: 240, height: 240 }), 'pass'],
  ['just below it', clip({ width: 239, height: 240 }), 'fail', 'scale'],
  ['at the upper bound', clip({ width: 4096, height: 2160 }), 'pass'],
  ['just above it', clip({ width: 4097, height: 2160 }), 'fail', 'scale'],
  ['where scaling alone cannot help', clip({ width: 100, height: 5000 }), 'fail', 'pad'],
  ['in a damaged clip', clip({ width: 100, complete: false }), 'fail'],
])

check('height', [
  ['at the lower bound', clip({ width: 320, height: 240 }), 'pass'],
  ['just below it', clip({ width: 320, height: 239 }), 'fail', 'scale'],
  ['at the upper bound', clip({ width: 2160, height: 4096 }), 'pass'],
  ['just above it', clip({ width: 2160, height: 4097 }), 'fail', 'scale'],
  ['where square pixels are too wide', clip({ width: 480, height: 64, sar: '4:3' }), 'fail', 'pad'],
])

check('aspect', [
  ['at the upper bound', clip({ width: 1920, height: 240 }), 'pass'],
  ['just above it', clip({ width: 1921, height: 240 }), 'fail', 'pad'],
  ['at the lower bound', clip({ width: 240, height: 1920 }), 'pass'],
  ['just below it', clip({ width: 240, height: 1921 }), 'fail', 'pad'],
])

check('size', [
  ['at the soft bound', clip({ bytes: 100_000_000 }), 'pass'],
  ['just above it', clip({ bytes: 100_000_001 }), 'warn', 'fit-size'],
  ['at the hard bound', clip({ bytes: 104_857_600 }), 'warn', 'fit-size'],
  ['just above that', clip({ bytes: 104_857_601 }), 'fail', 'fit-size'],
])

check('codec', [
  ['H.264', clip(), 'pass'],
  ['HEVC', clip({ codec: 'hevc' }), 'pass'],
  ['ProRes', clip({ codec: 'prores' }), 'warn', 're-encode'],
])

check('frame_rate', [
  ['sixty', clip({ frameRate: 60 }), 'pass'],
  ["sixty as a phone's clock has it", clip({ frameRate: 60.03 }), 'pass'],
  ['above sixty', clip({ frameRate: 60.2 }), 'warn', 'constant-rate'],
  ['a hundred and twenty', clip({ frameRate: 120 }), 'warn', 'constant-rate'],
  ['variable', clip({ variableFrameRate: true }), 'warn', 'constant-rate'],
])

check('hdr', [
  ['standard', clip(), 'pass'],
  ['HDR', clip({ hdr: true }), 'warn', 'tone-map'],
])

check('rotation', [
  ['none', clip(), 'pass'],
  ['a quarter', clip({ rotation: 90 }), 'info'],
])

check('audio', [
  ['one track', clip(), 'pass'],
  ['none', clip({ audio: [] }), 'info'],
])

describe('extension', () => {
  test.each<[string, string, Level]>([
    ['clip.mp4', 'mp4', 'pass'],
    ['CLIP.MP4', 'mp4', 'pass'],
    ['clip.MOV', 'mov', 'pass'],
    ['clip.mov', 'mp4', 'warn'],
    ['clip.mp4', 'mov', 'warn'],
    ['clip.m4v', 'mp4', 'warn'],
    ['clip', 'mp4', 'warn'],
    ['clip.mp4.txt', 'mp4', 'warn'],
    ['clip.mkv', 'mkv', 'warn'],
  ])('%s that is %s', (name, container, level) => {
    expect(findingOf(checkClip(clip({ container }), name), 'extension').level).toBe(level)
  })
})

describe('a report', () => {
  const worst = clip({
    container: 'mkv',
    width: 10,
    height: 5000,
    codec: 'vp8',
    hdr: true,
    rotation: 90,
    audio: [],
    bytes: 2e8,
    variableFrameRate: true,
    videoTracks: 2,
    encrypted: true,
    complete: false,
  })

  test('has one finding for each of the sixteen rules, at every level', () => {
    for (const facts of [clip(), worst]) {
      const rules = checkClip(facts, 'a.mp4').findings.map(({ rule }) => rule)
      expect(rules).toEqual([
        'readable',
        'complete',
        'protected',
        'container',
        'extension',
        'video_track',
        'duration',
        'width',
        'height',
        'aspect',
        'size',
        'codec',
        'frame_rate',
        'hdr',
        'rotation',
        'audio',
      ])
    }
  })

  test('has no finding for what cannot be measured', () => {
    const rules = checkClip(clip({ opens: false }), 'a.mp4').findings.map(({ rule }) => rule)
    expect(rules).toEqual(['readable', 'container', 'extension', 'size'])
  })

  test('has the worst level as its verdict, and info counts as pass', () => {
    expect(checkClip(clip(), 'a.mp4').verdict).toBe('pass')
    expect(checkClip(clip({ rotation: 90, audio: [] }), 'a.mp4').verdict).toBe('pass')
    expect(checkClip(clip({ hdr: true }), 'a.mp4').verdict).toBe('warn')
    expect(checkClip(clip({ hdr: true, bytes: 2e8 }), 'a.mp4').verdict).toBe('fail')
  })

  test('has sentences in both languages, with every value filled in', () => {
    const all = [
      clip(),
      worst,
      clip({ videoTracks: 0 }),
      lasting(1),
      lasting(11),
      lasting(5, 20),
      lasting(5, 5, 12),
    ]
    for (const { findings } of all.map((facts) => checkClip(facts, 'a.txt'))) {
      for (const finding of findings) {
        for (const language of ['en', 'zh'] as const) {
          const said = say(finding.text, language)
          expect(said).not.toContain('finding.')
          expect(said).not.toContain('{{')
        }
        if (finding.rule !== 'size') expect(say(finding.text, 'zh')).not.toBe(finding.message)
      }
    }
  })

  test('shows a value just outside a limit differently from the limit', () => {
    expect(findingOf(checkClip(lasting(10.0004), 'a.mp4'), 'duration').message).toContain('10.001')
    expect(findingOf(checkClip(clip({ bytes: 104_857_601 }), 'a.mp4'), 'size').message).toBe(
      '104.9 MB; the maximum is 104.86 MB',
    )
  })

  test('has the measured values and the limits', () => {
    const findings = checkClip(lasting(12.5), 'a.mp4')
    expect(findingOf(findings, 'duration')).toMatchObject({
      measured: 12.5,
      limit: { min: 2, max: 10 },
    })
    expect(findingOf(findings, 'width')).toMatchObject({
      measured: 1280,
      limit: { min: 240, max: 4096 },
    })
    expect(findingOf(findings, 'size')).toMatchObject({ measured: 5_000_000, limit: 104_857_600 })
  })

  test('matches the schema of the contract', () => {
    expect(report.parse(checkClip(worst, 'a.mp4'))).toEqual(checkClip(worst, 'a.mp4'))
  })
})
