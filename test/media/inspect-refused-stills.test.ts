import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { checkFile, remediesOf } from '../../main/preflight'
import { bmpBytes } from '../support/make-bmp'
import { makeImage } from '../support/make-media-images'
import { pngBytes } from '../support/make-png'
import { levelsOf, mediaFolder, stillFacts } from '../support/media-folder'

const { keep } = mediaFolder()

describe('a header that declares a gigantic picture is refused without decoding', () => {
  const patched = async (
    format: 'jpeg' | 'webp' | 'gif' | 'tiff',
    patch: (bytes: Buffer) => void,
  ) => {
    const bytes = Buffer.from(await readFile(await makeImage({ format, width: 300, height: 300 })))
    patch(bytes)
    return keep(bytes, `.${format}`)
  }
  const huge = { width: 60_000, height: 60_000 }

  test.each<[string, () => Promise<string>]>([
    ['PNG', () => keep(pngBytes({ claims: huge }), '.png')],
    ['PNG of one row', () => keep(pngBytes({ claims: { width: 2 ** 31 - 1, height: 1 } }), '.png')],
    [
      'JPEG',
      () =>
        patched('jpeg', (bytes) => {
          const at = bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5
          bytes.writeUInt16BE(65_000, at)
          bytes.writeUInt16BE(65_000, at + 2)
        }),
    ],
    [
      'WEBP',
      () =>
        patched('webp', (bytes) => {
          const at = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a])) + 3
          bytes.writeUInt16LE(0x3fff, at)
          bytes.writeUInt16LE(0x3fff, at + 2)
        }),
    ],
    ['BMP', () => keep(Buffer.from(bmpBytes({ bits: 24 })).fill(0x7f, 20, 26), '.bmp')],
    [
      'BMP with RLE',
      async () => {
        const bytes = bmpBytes({ bits: 8, compression: 'rle8' })
        bytes.writeInt32LE(60_000, 18)
        bytes.writeInt32LE(60_000, 22)
        return keep(bytes, '.bmp')
      },
    ],
  ])('%s', async (_, make) => {
    const path = await make()
    const facts = await stillFacts(path)
    expect(facts.decodes).toBe(false)
    expect(levelsOf(facts, path)).toMatchObject({ readable: 'fail' })
    expect(remediesOf(checkFile(facts, path))).toEqual([])
  })
})

describe('formats that are not accepted', () => {
  test.each<[string, Buffer, string]>([
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on', 'latin1'), 'heic'],
    ['JPEG XL', Buffer.from([0xff, 0x0a, 0xfa, 0x7f, 1, 2, 3]), 'jxl'],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'),
      'svg',
    ],
    ['an icon', Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), 'ico'],
    ['Photoshop', Buffer.from('8BPS\0\x01', 'latin1'), 'psd'],
  ])('%s under the name .jpg is named, and nothing is offered', async (_, bytes, format) => {
    const path = await keep(bytes, '.jpg')
    const facts = await stillFacts(path)
    expect(facts).toMatchObject({ format, decodes: false })
    const report = checkFile(facts, path)
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'format', level: 'fail', measured: format }),
    )
    expect(remediesOf(report)).toEqual([])
  })
})
