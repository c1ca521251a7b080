import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { facts as factsSchema, type ImageFacts } from '../../preload/contract'
import { type ImageShape, makeImage } from '../support/make-media-images'
import { failing, mediaFolder, tools } from '../support/media-folder'

const { folder } = mediaFolder()

describe('images', () => {
  test.each<[string, ImageShape, Partial<ImageFacts>]>([
    [
      'JPEG',
      {},
      { format: 'jpeg', width: 400, height: 300, decodes: true, alpha: false, colourSpace: 'srgb' },
    ],
    ['JPEG on its side', { orientation: 6 }, { width: 300, height: 400, orientation: 6 }],
    ['CMYK', { cmyk: true }, { colourSpace: 'cmyk' }],
    ['greyscale', { grey: true }, { colourSpace: 'b-w' }],
    ['PNG', { format: 'png' }, { format: 'png', alpha: false, transparent: false }],
    [
      'PNG with an opaque channel',
      { format: 'png', alpha: 'channel' },
      { alpha: true, transparent: false },
    ],
    [
      'PNG with one transparent pixel',
      { format: 'png', alpha: 'one-pixel' },
      { alpha: true, transparent: true },
    ],
    [
      'PNG with a transparent palette entry',
      { format: 'png', palette: true, alpha: 'half' },
      { alpha: true, transparent: true },
    ],
    ['WEBP', { format: 'webp' }, { format: 'webp', frames: 1 }],
    ['animated WEBP', { format: 'webp', frames: 3 }, { frames: 3, height: 300 }],
    [
      'WEBP that is half transparent',
      { format: 'webp', alpha: 'half' },
      { alpha: true, transparent: true },
    ],
    [
      'BMP',
      { format: 'bmp' },
      { format: 'bmp', width: 400, height: 300, decodes: true, alpha: false },
    ],
    ['GIF', { format: 'gif' }, { format: 'gif', decodes: true }],
    ['TIFF', { format: 'tiff' }, { format: 'tiff' }],
    ['AVIF', { format: 'avif' }, { format: 'avif', width: 400 }],
  ])('%s', async (_, shape, expected) => {
    const found = await tools.inspect(await makeImage(shape))
    expect(factsSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({ kind: 'image', ...expected })
  })

  test.each<ImageShape>([
    { keep: 0.6 },
    { format: 'png', keep: 0.6, noise: true },
    { format: 'webp', keep: 0.6 },
    { format: 'bmp', keep: 0.9 },
  ])('cut off: %j', async (shape) => {
    const found = await tools.inspect(await makeImage(shape))
    expect(found).toMatchObject({ kind: 'image', decodes: false })
    expect(failing(found, 'a')).toContain('readable')
  })

  test('a PNG that declares a gigantic size is refused by its header', async () => {
    const path = join(folder, 'bomb.png')
    const png = Buffer.from(await readFile(await makeImage({ format: 'png' })))
    png.writeUInt32BE(100_000, 16)
    png.writeUInt32BE(100_000, 20)
    await writeFile(path, png)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'image', decodes: false })
  })

  test('a BMP that declares a gigantic size is refused by its header', async () => {
    const path = join(folder, 'bomb.bmp')
    const bmp = Buffer.from(await readFile(await makeImage({ format: 'bmp' })))
    bmp.writeInt32LE(60_000, 18)
    bmp.writeInt32LE(60_000, 22)
    await writeFile(path, bmp)
    expect(await tools.inspect(path)).toMatchObject({
      format: 'bmp',
      width: 60_000,
      decodes: false,
    })
  })

  test('a BMP with an alpha channel is examined pixel by pixel', async () => {
    const header = Buffer.alloc(122)
    header.write('BM', 0)
    header.writeUInt32LE(122, 10)
    header.writeUInt32LE(108, 14)
    header.writeInt32LE(300, 18)
    header.writeInt32LE(300, 22)
    header.writeUInt16LE(1, 26)
    header.writeUInt16LE(32, 28)
    header.writeUInt32LE(3, 30)
    for (const [at, mask] of [
      [54, 0xff0000],
      [58, 0xff00],
      [62, 0xff],
      [66, 0xff000000],
    ] as const)
      header.writeUInt32LE(mask, at)
    const pixels = Buffer.alloc(300 * 300 * 4, 255)
    const opaque = join(folder, 'opaque.bmp')
    await writeFile(opaque, Buffer.concat([header, pixels]))
    expect(await tools.inspect(opaque)).toMatchObject({
      alpha: true,
      transparent: false,
      decodes: true,
    })
    pixels[pixels.length - 1] = 254
    const clear = join(folder, 'clear.bmp')
    await writeFile(clear, Buffer.concat([header, pixels]))
    expect(await tools.inspect(clear)).toMatchObject({ alpha: true, transparent: true })
  })
})
