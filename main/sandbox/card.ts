import { Buffer } from 'node:buffer'

/** Pixels of a letter, and of its place with the gap to the next one. */
const letter = { columns: 5, rows: 7 }
const place = { columns: 6, rows: 10 }

/**
 * Letters from space to ~, five columns each, from left to right: a byte for each column, its lowest bit on top.
 *
 * Drawn here because ffmpeg may lack drawtext, and a computer may lack fonts.
 */
const letters = Buffer.from(
  [
    '0000000000' + '00005f0000' + '0007000700' + '147f147f14' + '242a7f2a12' + '2313086462',
    '3649562050' + '0008070300' + '001c224100' + '0041221c00' + '2a1c7f1c2a' + '08083e0808',
    '0080703000' + '0808080808' + '0000606000' + '2010080402' + '3e5149453e' + '00427f4000',
    '7249494946' + '2141494d33' + '1814127f10' + '2745454539' + '3c4a494931' + '4121110907',
    '3649494936' + '464949291e' + '0000140000' + '0040340000' + '0008142241' + '1414141414',
    '0041221408' + '0201590906' + '3e415d594e' + '7c1211127c' + '7f49494936' + '3e41414122',
    '7f4141413e' + '7f49494941' + '7f09090901' + '3e41415173' + '7f0808087f' + '00417f4100',
    '2040413f01' + '7f08142241' + '7f40404040' + '7f021c027f' + '7f0408107f' + '3e4141413e',
    '7f09090906' + '3e4151215e' + '7f09192946' + '2649494932' + '03017f0103' + '3f4040403f',
    '1f2040201f' + '3f4038403f' + '6314081463' + '0304780403' + '6159494d43' + '007f414141',
    '0204081020' + '004141417f' + '0402010204' + '4040404040' + '0003070800' + '2054547840',
    '7f28444438' + '3844444428' + '384444287f' + '3854545418' + '00087e0902' + '18a4a49c78',
    '7f08040478' + '00447d4000' + '2040403d00' + '7f10284400' + '00417f4000' + '7c04780478',
    '7c08040478' + '3844444438' + 'fc18242418' + '18242418fc' + '7c08040408' + '4854545424',
    '04043f4424' + '3c4040207c' + '1c2040201c' + '3c4030403c' + '4428102844' + '4c9090907c',
    '4464544c44' + '0008364100' + '0000770000' + '0041360800' + '0201020402',
  ].join(''),
  'hex',
)

/** What stands for a character without a letter here, such as a Chinese one. */
const block = Buffer.from('3e7f7f7f3e', 'hex')

const columnsOf = (character: string): Buffer => {
  const at = (character.codePointAt(0) ?? 0) - 0x20
  if (at < 0) return letters.subarray(0, letter.columns)
  const columns = letters.subarray(at * letter.columns, (at + 1) * letter.columns)
  return columns.length === letter.columns ? columns : block
}

/** More of a prompt would be too small to read. */
const mostCharacters = 240

/** Accents are left out, and full-width signs become usual ones. */
const plain = (prompt: string): string => {
  const text = prompt
    .replace(/\[[a-z-]+\]/gi, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...text]
  return characters.length > mostCharacters
    ? `${characters.slice(0, mostCharacters).join('')}...`
    : text
}

const wrapped = (text: string, width: number): string[][] => {
  const lines: string[][] = [[]]
  for (const word of text.split(' ')) {
    const characters = [...word]
    const line = lines.at(-1) ?? []
    if (line.length > 0 && line.length + 1 + characters.length <= width)
      line.push(' ', ...characters)
    else if (line.length === 0 && characters.length <= width) line.push(...characters)
    else
      for (let from = 0; from < characters.length; from += width)
        lines.push(characters.slice(from, from + width))
  }
  return lines.filter((line) => line.length > 0)
}

/** Fractions of the picture that words may fill, and the pixels of the largest dot at 720 lines. */
const widest = 0.8
const tallest = 0.6
const largestDot = 10

/** The words of a prompt as white dots on black. */
export interface Card {
  /** A PGM. */
  image: Buffer
  /** Displayed pixels. */
  width: number
  height: number
}

/** The prompt, set as large as fits into a picture of this size; null without words. */
export const cardOf = (prompt: string, picture: { width: number; height: number }): Card | null => {
  const text = plain(prompt)
  if (text === '') return null
  const largest = Math.round((largestDot * Math.min(picture.width, picture.height)) / 720)
  for (let dot = largest; dot >= 1; dot--) {
    const columns = Math.floor((picture.width * widest) / (dot * place.columns))
    const lines = wrapped(text, Math.max(1, columns))
    const fits = lines.length * place.rows * dot <= picture.height * tallest
    if (fits || dot === 1) return drawn(lines, dot)
  }
  return null
}

const drawn = (lines: readonly string[][], dot: number): Card => {
  const width = Math.max(...lines.map((line) => line.length)) * place.columns
  const height = lines.length * place.rows
  const dots = Buffer.alloc(width * height)
  for (const [row, line] of lines.entries()) {
    const indent = Math.floor((width - line.length * place.columns) / 2)
    for (const [at, character] of line.entries())
      for (const [column, bits] of columnsOf(character).entries())
        for (let y = 0; y <= letter.rows; y++)
          if ((bits >> y) & 1)
            dots[(row * place.rows + y + 1) * width + indent + at * place.columns + column] = 255
  }
  const image = Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), dots])
  return { image, width: width * dot, height: height * dot }
}
