import { describe, expect, test } from 'vitest'
import { checkClip, remediesOf } from '../../main/preflight'
import type { ClipFacts, RuleId } from '../../preload/contract'
import { clip, type Expected, expectFinding, findingOf, lasting } from './facts'

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
        values: { measured: '1.999', ...seconds },
        remedy: 'extend',
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
      clip(),
      {
        level: pass,
        measured: 1280,
        limit: pixels,
        says: 'pass',
        values: { measured: 1280, ...pixels },
      },
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
        values: { measured: '100.001 MB', max: '100 MB' },
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
  ])('a clip that %s gets no remedy but renaming', (_, changes) => {
    const broken = { container: 'mov', width: 10, bytes: 2e8, codec: 'vp8', hdr: true }
    expect(remediesOf(checkClip(clip({ ...broken, ...changes }), 'a.mp4'))).toEqual(['rename'])
    expect(remediesOf(checkClip(clip(broken), 'a.mp4'))).toContain('re-encode')
  })

  test('a clip in another container is remuxed only if the model accepts its codec', () => {
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

  test('a clip without a video track has no finding for its picture', () => {
    const rules = checkClip(clip({ videoTracks: 0 }), 'a.mp4').findings.map(({ rule }) => rule)
    const expected = 'readable complete protected container extension video_track size audio'
    expect(rules.join(' ')).toBe(expected)
  })

  test.each<[Partial<ClipFacts>, RuleId[]]>([
    [{ width: null, height: null }, ['width', 'height']],
    [{ width: null }, ['width']],
    [{ height: null }, ['height']],
  ])('with %j fails: a picture of unknown size has no frame that decodes', (changes, expected) => {
    const report = checkClip(clip(changes), 'a.mp4')
    const failed = report.findings.filter(({ level }) => level === 'fail')
    expect(failed.map(({ rule }) => rule)).toEqual(expected)
    expect(failed[0]?.message).toMatch(/unknown; 240 to 4096/)
    expect(report.verdict).toBe('fail')
  })
})
