import { expect, test } from 'vitest'
import { asksForSilence, effects, effectsFor, seeded } from '../../main/sandbox/effects'
import { ffmpegOutput } from '../support/make-media'

test.each([
  ['make it black and white', ['noir']],
  ['Turn it into a B&W film', ['noir']],
  ['变成黑白电影', ['noir', 'vignette']],
  ['把它变成素描风格', ['sketch']],
  ['a snowy night', ['night', 'cold']],
  ['下雪的夜晚', ['night', 'cold']],
  ['mirror it, blur it, make it warm and green', ['mirror', 'blur', 'warm']],
  ['[blur] is not a directive, and words in brackets do not count', ['gentle']],
  ['iceberg lettuce and a bluebird', ['gentle']],
  ['', ['gentle']],
])('"%s" requests %j', (prompt, ids) => {
  expect(effectsFor(prompt).map(({ id }) => id)).toEqual(ids)
})

test.each(effects.map((effect) => [effect.id, effect] as const))(
  'recognises every word of %s, and its filter keeps the size',
  async (_, effect) => {
    for (const word of [...effect.english, ...effect.chinese])
      expect(effectsFor(word)).toContain(effect)
    const filter = effect.filter({ width: 320, height: 180, random: seeded(1) })
    const frames = await ffmpegOutput(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=0.1', '-vf', `${filter},format=gray`],
      ...['-f', 'rawvideo'],
    )
    const plain = await ffmpegOutput(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=0.1', '-vf', 'format=gray'],
      ...['-f', 'rawvideo'],
    )
    expect(frames.length).toBe(plain.length)
    expect(frames.equals(plain)).toBe(false)
  },
)

test('the numbers depend on the seed alone', () => {
  const numbers = (seed: number) => Array.from({ length: 5 }, seeded(seed))
  expect(numbers(7)).toEqual(numbers(7))
  expect(numbers(7)).not.toEqual(numbers(8))
  expect(numbers(2_147_483_647).every((number) => number >= 0 && number < 1)).toBe(true)
})

test('recognises requests for silence', () => {
  expect(['a silent film', 'no sound please', '静音'].map(asksForSilence)).toEqual([
    true,
    true,
    true,
  ])
  expect(asksForSilence('the silencer is loud')).toBe(false)
})
