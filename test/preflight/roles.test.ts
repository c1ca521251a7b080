import { describe, expect, test } from 'vitest'
import { checkFile, forecast, type Purpose, remediesOf } from '../../main/preflight'
import type { Facts, FileRole, SoundFacts } from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { soundFactsWith as sound } from '../support/facts'
import { clip, image, lasting } from './facts'

const names: Record<Facts['kind'], string> = {
  video: 'a.mp4',
  image: 'a.jpg',
  sound: 'a.wav',
  other: 'a.pdf',
}

/** Rules that do not pass, with level, variant and remedy. */
const said = (facts: Facts, purpose?: Purpose, name = names[facts.kind]) =>
  checkFile(facts, name, purpose).findings.flatMap(({ rule, level, text, remedy }) =>
    level === 'pass' || level === 'info'
      ? []
      : [[level, text.key.replace('finding.', ''), ...(remedy ? [remedy] : []), rule].slice(0, -1)],
  )

describe('the length that a role allows', () => {
  test.each<[FileRole, number, string[][]]>([
    ['clip', 1.99, [['fail', 'duration_short', 'extend']]],
    ['clip', 2, []],
    ['clip', 10, []],
    ['clip', 10.01, [['fail', 'duration_long', 'trim']]],
    ['reference-video', 0.99, [['fail', 'duration_short', 'extend']]],
    ['reference-video', 1, []],
    ['reference-video', 30, []],
    ['reference-video', 30.01, [['fail', 'duration_long', 'trim']]],
  ])('%s of %d s', (role, seconds, expected) => {
    expect(said(lasting(seconds), { role })).toEqual(expected)
  })

  test.each<[FileRole, number, string[][]]>([
    ['sound', 1.99, [['fail', 'duration_brief']]],
    ['sound', 2, []],
    ['sound', 30, []],
    ['sound', 30.01, [['fail', 'duration_long', 'trim']]],
    ['voice', 0.99, [['fail', 'duration_brief']]],
    ['voice', 1, []],
    ['voice', 10, []],
    ['voice', 10.01, [['fail', 'duration_long', 'trim']]],
  ])('%s of %d s', (role, duration, expected) => {
    expect(said(sound({ duration }), { role })).toEqual(expected)
  })
})

describe('a sound', () => {
  test.each<[string, Partial<SoundFacts>, string[][]]>([
    [
      'an MP3 under the name of a WAV',
      { format: 'mp3', codec: 'mp3' },
      [['warn', 'extension_broken', 'rename']],
    ],
    ['FLAC', { format: 'flac', codec: 'flac' }, [['fail', 'format_sound', 'to-wav']]],
    ['a WAV with µ-law', { codec: 'pcm_mulaw' }, [['warn', 'codec_sound', 'to-wav']]],
    ['24 bits', { codec: 'pcm_s24le' }, []],
    ['15 000 000 bytes', { bytes: 15_000_000 }, []],
    ['a byte more', { bytes: 15_000_001 }, [['warn', 'size_near', 'fit-size']]],
    ['15 MiB and a byte', { bytes: 15_728_641 }, [['fail', 'size_high', 'fit-size']]],
    ['a peak at -20 dB', { peak: -20 }, []],
    ['a quieter one', { peak: -20.1 }, [['warn', 'loudness_quiet', 'level']]],
    ['silence', { peak: -61 }, [['warn', 'loudness_silent']]],
    ['unknown loudness', { peak: null }, []],
    ['an unknown length', { duration: null }, [['fail', 'duration_unknown']]],
    ['cut off', { complete: false }, [['fail', 'complete_part', 'salvage']]],
    [
      'cut off too early',
      { complete: false, duration: 1 },
      [
        ['fail', 'complete_broken'],
        ['fail', 'duration_brief'],
      ],
    ],
    [
      'damaged',
      { decodes: false, duration: 40 },
      [
        ['fail', 'readable_unplayable'],
        ['fail', 'duration_long'],
      ],
    ],
  ])('%s', (_, change, expected) => {
    expect(said(sound(change), { role: 'sound' })).toEqual(expected)
  })
})

describe('a file of another kind than its role needs', () => {
  test.each<[Facts, FileRole, string[][]]>([
    [image(), 'clip', [['fail', 'container_unlike']]],
    [sound(), 'reference-video', [['fail', 'container_unlike']]],
    [clip(), 'first-frame', [['fail', 'format_unlike']]],
    [sound(), 'last-frame', [['fail', 'format_unlike']]],
    [image(), 'voice', [['fail', 'format_unheard']]],
    [clip(), 'sound', [['fail', 'format_track', 'sound-track']]],
    [clip({ audio: [] }), 'sound', [['fail', 'audio_missing']]],
    [
      lasting(12),
      'voice',
      [
        ['fail', 'format_track', 'sound-track'],
        ['fail', 'duration_long', 'trim'],
      ],
    ],
    [
      { kind: 'other', format: 'pdf', bytes: 1, unreadable: null },
      'sound',
      [['fail', 'format_unheard']],
    ],
  ])('%#', (facts, role, expected) => {
    expect(said(facts, { role })).toEqual(expected)
    for (const { text } of checkFile(facts, names[facts.kind], { role }).findings)
      for (const language of ['en', 'zh'] as const)
        expect(say(text, language)).not.toMatch(/\{\{|finding\./)
  })

  test('without a role, sound is refused as any other file that is no clip and no image', () => {
    expect(said(sound())).toEqual([['fail', 'format_other']])
    expect(said(sound(), undefined, 'song.m4a')).toEqual([['fail', 'container_other']])
  })
})

describe('a last frame of another shape than the first', () => {
  const like = (width: number, height: number): Purpose => ({
    role: 'last-frame',
    firstFrame: { width, height },
  })

  test.each([
    [1600, 900, []],
    [1600, 907, []],
    [1600, 912, [['warn', 'aspect_differs', 'crop']]],
    [900, 1600, [['warn', 'aspect_differs', 'crop']]],
  ])('%d × %d beside 1280 × 720', (width, height, expected) => {
    expect(said(image({ width, height }), like(1280, 720))).toEqual(expected)
  })

  test('counts for the last frame alone', () => {
    const facts = image({ width: 900, height: 1600 })
    expect(said(facts, { ...like(1280, 720), role: 'first-frame' })).toEqual([])
    expect(said(facts, { role: 'last-frame', firstFrame: null })).toEqual([])
  })

  test('is cropped so that it fits', () => {
    const facts = image({ width: 1000, height: 1000 })
    const purpose = like(1280, 720)
    const fix = { remedies: remediesOf(checkFile(facts, 'a.jpg', purpose)), background: '#000000' }
    const { outcome, report } = forecast('a.jpg', facts, null, fix, purpose)
    expect(outcome.after).toMatchObject({ width: 1000, height: 563 })
    expect(report.verdict).toBe('pass')
  })
})

describe('the forecast of a sound', () => {
  const mended = (facts: Facts, purpose: Purpose) => {
    const fix = { remedies: remediesOf(checkFile(facts, 'a.flac', purpose)), background: '#000000' }
    return forecast('a.flac', facts, null, fix, purpose)
  }

  test.each<[string, Facts, FileRole, Partial<SoundFacts>]>([
    ['a long one', sound({ duration: 70 }), 'sound', { duration: 30, format: 'wav' }],
    ['a long voice', sound({ duration: 70 }), 'voice', { duration: 10 }],
    ['a quiet one', sound({ peak: -40 }), 'sound', { peak: -1, duration: 5 }],
    [
      'a large one',
      sound({ codec: 'pcm_s32le', sampleRate: 192_000, channels: 8, bytes: 99_000_000 }),
      'sound',
      { codec: 'pcm_s16le', sampleRate: 48_000, channels: 2, bytes: 960_044 },
    ],
    ['the sound of a clip', lasting(6), 'voice', { duration: 6, format: 'wav', channels: 2 }],
  ])('%s', (_, facts, role, expected) => {
    const { report, facts: made } = mended(facts, { role })
    expect(made).toMatchObject({ kind: 'sound', ...expected })
    expect(report.verdict).toBe('pass')
  })
})
