import { seeded } from './effects'

/** Red, green and blue, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Colours that a prompt may name, in English and Chinese, the longer names first. */
const named: readonly (readonly [english: string, chinese: string, colour: Colour])[] = [
  ['turquoise|teal|cyan', '青', [30, 170, 180]],
  ['orange', '橙', [240, 140, 40]],
  ['yellow', '黄', [245, 210, 60]],
  ['purple|violet', '紫', [125, 70, 180]],
  ['golden|gold', '金', [215, 165, 50]],
  ['silver|grey|gray', '灰|银', [140, 145, 155]],
  ['crimson|red', '红', [200, 45, 45]],
  ['green', '绿', [50, 150, 75]],
  ['blue', '蓝', [45, 95, 200]],
  ['pink', '粉', [240, 150, 180]],
  ['brown', '棕|褐', [125, 80, 50]],
  ['black', '黑', [22, 22, 26]],
  ['white', '白', [235, 235, 235]],
]

/** The colours that a prompt names, in its order. */
export const coloursIn = (prompt: string): Colour[] =>
  named
    .flatMap(([english, chinese, colour]) => {
      const at = prompt.search(new RegExp(`\\b(${english})\\b|${chinese}`, 'i'))
      return at < 0 ? [] : [{ at, colour }]
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ colour }) => colour)

const shaded = ([red, green, blue]: Colour, factor: number): Colour => [
  Math.min(255, Math.round(red * factor)),
  Math.min(255, Math.round(green * factor)),
  Math.min(255, Math.round(blue * factor)),
]

/** Two colours for a moving picture: those that the prompt names, else some of the seed. */
export const paletteOf = (prompt: string, seed: number): readonly [Colour, Colour] => {
  const random = seeded(seed)
  const any = (): Colour => [40 + random() * 120, 40 + random() * 120, 60 + random() * 140]
  const [first = any(), second] = coloursIn(prompt)
  return [first, second ?? shaded(first, 0.55)]
}
