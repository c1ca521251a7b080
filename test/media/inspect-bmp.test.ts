import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFile } from '../../main/preflight'
import { type BmpShape, bmpBytes } from '../support/make-bmp'
import { levelsOf, mediaFolder, stillFacts, tools } from '../support/media-folder'
import { quartersOf } from '../support/quarters'

const { folder, fresh, keep, mend } = mediaFolder()

describe('BMP', () => {
  const rgba = [0xff, 0xff00, 0xff0000, 0xff000000] as const
  test.each<[string, BmpShape]>([
    ['1 bit', { bits: 1 }],
    ['4 bits', { bits: 4 }],
    ['8 bits', { bits: 8 }],
    ['16 bits', { bits: 16 }],
    ['24 bits', { bits: 24 }],
    ['32 bits', { bits: 32 }],
    [
      '32 bits with an unused byte of zero',
      { bits: 32, masks: [0xff0000, 0xff00, 0xff, 0xff000000], alpha: 0 },
    ],
    ['24 bits of an odd width', { bits: 24, width: 301 }],
    ['4 bits of an odd width', { bits: 4, width: 303 }],
    ['RLE of 8 bits', { bits: 8, compression: 'rle8' }],
    ['RLE of 4 bits', { bits: 4, compression: 'rle4' }],
    ['OS/2 1, 24 bits', { bits: 24, header: 12 }],
    ['OS/2 1, 8 bits', { bits: 8, header: 12 }],
    ['OS/2 1, 1 bit', { bits: 1, header: 12 }],
    ['OS/2 2, 24 bits', { bits: 24, header: 64 }],
    ['OS/2 2, 8 bits', { bits: 8, header: 64 }],
    ['top-down, 24 bits', { bits: 24, topDown: true }],
    ['top-down, 8 bits', { bits: 8, topDown: true }],
    ['bitfields 5-6-5', { bits: 16, compression: 'bitfields', masks: [0xf800, 0x7e0, 0x1f, 0] }],
    ['bitfields 5-5-5', { bits: 16, compression: 'bitfields' }],
    ['bitfields of 32 bits', { bits: 32, compression: 'bitfields' }],
    ['a header of 52 bytes', { bits: 32, header: 52, compression: 'bitfields' }],
    ['a file size of 0', { bits: 24, claimsSize: 0 }],
    ['a file size of 0, bitfields', { bits: 32, compression: 'bitfields', claimsSize: 0 }],
    ['version 4 header', { bits: 24, header: 108 }],
    ['version 5 header', { bits: 32, header: 124 }],
    ['alpha that is opaque', { bits: 32, header: 124, compression: 'bitfields', masks: rgba }],
  ])('with %s', async (_, shape) => {
    const path = await keep(bmpBytes(shape), '.bmp')
    const facts = await stillFacts(path)
    expect(facts).toMatchObject({
      format: 'bmp',
      width: shape.width ?? 300,
      height: 260,
      decodes: true,
      transparent: false,
    })
    expect(checkFile(facts, path).verdict).toBe('pass')
    const output = fresh('.png')
    const recipe = { selection: null, remedies: ['to-srgb' as const], background: '#808080' }
    await tools.prepare({ path, facts, ...recipe }, output)
    const made = readdirSync(folder).filter((name) => name.includes(basename(output)))
    expect(made).toEqual([basename(output)])
    expect(await quartersOf(output)).toEqual(
      shape.bits === 1 ? ['100', '100', '111', '111'] : ['100', '010', '001', '111'],
    )
  })

  test('with transparent pixels is flattened', async () => {
    const shape = {
      bits: 32,
      header: 124,
      compression: 'bitfields',
      masks: rgba,
      alpha: 0,
    } as const
    const path = await keep(bmpBytes(shape), '.bmp')
    const facts = await stillFacts(path)
    expect(levelsOf(facts, path)).toEqual({ alpha: 'warn' })
    expect(await quartersOf(await mend(path, facts))).toEqual(['111', '111', '111', '111'])
  })

  test.each<[string, BmpShape]>([
    ['24 bits', { bits: 24 }],
    ['RLE', { bits: 8, compression: 'rle8' }],
  ])('cut off: %s', async (_, shape) => {
    const bytes = bmpBytes(shape)
    const path = await keep(bytes.subarray(0, Math.floor(bytes.length * 0.6)), '.bmp')
    expect(await stillFacts(path)).toMatchObject({ decodes: false })
  })
})
