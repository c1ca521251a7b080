import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ImageFacts } from '../../preload/contract'
import { makeImage } from '../support/make-media-images'
import { type PngShape, pngBytes } from '../support/make-png'
import { levelsOf, mediaFolder, stillFacts, tools } from '../support/media-folder'
import { quartersOf } from '../support/quarters'

const { fresh, keep, mend } = mediaFolder()

/** Where the corners of the stored picture are displayed, by the EXIF standard's "0th row" and "0th column". */
const storedCorners: Record<number, string> = {
  1: 'RGBW',
  2: 'GRWB',
  3: 'WBGR',
  4: 'BWRG',
  5: 'RBGW',
  6: 'GWRB',
  7: 'WGBR',
  8: 'BRWG',
}
const corner: Record<string, string> = { R: '#ff0000', G: '#00ff00', B: '#0000ff', W: '#ffffff' }

/** A picture that this orientation displays with red and green above, blue and white below. */
const storedAs = (orientation: number): Promise<Buffer> => {
  const tiles = [...(storedCorners[orientation] ?? '')].map((letter, at) => ({
    input: {
      create: { width: 200, height: 150, channels: 3, background: corner[letter] ?? '#000000' },
    } as const,
    left: (at % 2) * 200,
    top: Math.floor(at / 2) * 150,
  }))
  const blank = { width: 400, height: 300, channels: 3, background: '#000000' } as const
  return sharp({ create: blank }).composite(tiles).png().toBuffer()
}

describe('JPEG', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('with EXIF orientation %i', async (orientation) => {
    const path = await makeImage({ width: 400, height: 300, orientation })
    const facts = await stillFacts(path)
    const turned = orientation >= 5
    expect(facts).toMatchObject({
      orientation,
      width: turned ? 300 : 400,
      height: turned ? 400 : 300,
      decodes: true,
    })
    expect(levelsOf(facts, path)).toEqual({})
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'with EXIF orientation %i is made upright, not mirrored',
    async (orientation) => {
      const stored = await sharp(await storedAs(orientation))
        .withMetadata({ orientation })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer()
      const path = await keep(stored, '.jpg')
      const output = fresh('.png')
      const recipe = { selection: null, remedies: ['scale' as const], background: '#000000' }
      await tools.prepare({ path, facts: await stillFacts(path), ...recipe }, output)
      expect(await quartersOf(output)).toEqual(['100', '010', '001', '111'])
    },
  )

  test('inverted CMYK, as Adobe stores it, keeps its colours when it is converted', async () => {
    const bytes = await sharp({
      create: { width: 300, height: 300, channels: 3, background: '#c03020' },
    })
      .toColourspace('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer()
    // The marker for "inverted", which sharp writes.
    expect(bytes.includes('Adobe')).toBe(true)
    const path = await keep(bytes, '.jpg')
    const facts = await stillFacts(path)
    expect(facts).toMatchObject({ colourSpace: 'cmyk', decodes: true })
    expect(levelsOf(facts, path)).toEqual({ colour: 'warn' })
    const { channels } = await sharp(await mend(path, facts)).stats()
    const [red = 0, green = 255, blue = 255] = channels.map(({ mean }) => mean)
    expect(red).toBeGreaterThan(140)
    expect(Math.max(green, blue)).toBeLessThan(110)
  })

  test('progressive', async () => {
    const path = await keep(
      await sharp(await makeImage())
        .jpeg({ progressive: true })
        .toBuffer(),
      '.jpg',
    )
    expect(levelsOf(await stillFacts(path), path)).toEqual({})
  })

  test('arithmetic coding', async () => {
    // 320 × 240 of one colour, made by jpegtran -arithmetic.
    const bytes = Buffer.from(
      '/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJCQoKCgwMCwsODg4RERT/yQARCADwAUADASIAAhEAAxEA/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwD/AGWp+eUF4JIbUP/Z',
      'base64',
    )
    const path = await keep(bytes, '.jpg')
    expect(await stillFacts(path)).toMatchObject({ width: 320, height: 240, decodes: true })
  })
})

describe('PNG', () => {
  const opaque = { alpha: false, transparent: false }
  const clear = { alpha: true, transparent: true }
  test.each<[string, PngShape, Partial<ImageFacts>, object]>([
    ['grey of 1 bit', { kind: 'grey', depth: 1 }, opaque, {}],
    ['grey of 16 bits', { kind: 'grey', depth: 16 }, opaque, {}],
    ['colour of 16 bits', { depth: 16 }, opaque, {}],
    ['a palette of 2 bits', { kind: 'palette', depth: 2 }, opaque, {}],
    ['a palette of 8 bits', { kind: 'palette' }, opaque, {}],
    [
      'alpha of 16 bits, opaque',
      { kind: 'rgba', depth: 16 },
      { alpha: true, transparent: false },
      { alpha: 'warn' },
    ],
    ['alpha, opaque', { kind: 'rgba' }, { alpha: true, transparent: false }, { alpha: 'warn' }],
    ['alpha, nearly opaque', { kind: 'rgba', alpha: 254 / 255 }, clear, { alpha: 'fail' }],
    ['alpha of 16 bits, clear', { kind: 'rgba', depth: 16, alpha: 0.5 }, clear, { alpha: 'fail' }],
    ['grey with alpha, clear', { kind: 'grey-alpha', alpha: 0 }, clear, { alpha: 'fail' }],
    [
      'tRNS of a grey in the picture',
      { kind: 'grey', transparency: [0, 0] },
      clear,
      { alpha: 'fail' },
    ],
    [
      'tRNS of a colour in the picture',
      { transparency: [0, 0, 0, 0, 0, 0] },
      clear,
      { alpha: 'fail' },
    ],
    [
      'tRNS of another colour',
      { transparency: [0, 9, 0, 9, 0, 9] },
      { alpha: true, transparent: false },
      { alpha: 'warn' },
    ],
    [
      'tRNS of a palette entry in the picture',
      { kind: 'palette', transparency: [0] },
      clear,
      { alpha: 'fail' },
    ],
    [
      'tRNS of another palette entry',
      { kind: 'palette', transparency: [255, 0] },
      { alpha: true, transparent: false },
      { alpha: 'warn' },
    ],
    ['three frames', { frames: 3 }, { frames: 3 }, { animation: 'warn' }],
  ])('with %s', async (_, shape, expected, levels) => {
    const path = await keep(pngBytes(shape), '.png')
    const facts = await stillFacts(path)
    expect(facts).toMatchObject({
      format: 'png',
      width: 300,
      height: 300,
      decodes: true,
      ...expected,
    })
    expect(levelsOf(facts, path)).toEqual(levels)
    if (Object.keys(levels).length > 0) await mend(path, facts)
  })
})

describe('WEBP', () => {
  test.each([
    ['lossless', { lossless: true }],
    ['nearly lossless', { nearLossless: true }],
  ])('%s', async (_, options) => {
    const path = await keep(
      await sharp(await makeImage())
        .webp(options)
        .toBuffer(),
      '.webp',
    )
    expect(levelsOf(await stillFacts(path), path)).toEqual({})
  })

  test('animated, lossless and transparent', async () => {
    const frames = await makeImage({ format: 'webp', frames: 4, alpha: 'half' })
    const path = await keep(
      await sharp(frames, { animated: true }).webp({ lossless: true }).toBuffer(),
      '.webp',
    )
    const facts = await stillFacts(path)
    expect(facts).toMatchObject({ frames: 4, width: 400, height: 300, alpha: true })
    expect(levelsOf(facts, path)).toMatchObject({ animation: 'warn' })
    await mend(path, facts)
  })

  test('damaged in a later frame', async () => {
    const frames = await makeImage({ format: 'webp', frames: 4, noise: true })
    const whole = await sharp(frames, { animated: true }).webp({ lossless: true }).toBuffer()
    expect(await stillFacts(await keep(whole, '.webp'))).toMatchObject({ frames: 4, decodes: true })
    const bytes = Buffer.from(whole)
    bytes.fill(0xff, bytes.lastIndexOf('VP8L') + 14)
    expect(await stillFacts(await keep(bytes, '.webp'))).toMatchObject({
      frames: 4,
      decodes: false,
    })
  })
})
