import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFile, remediesOf } from '../../main/preflight'
import { type ClipShape, makeClip } from '../support/make-media'
import { levelsOf, mediaFolder, tools } from '../support/media-folder'

const { folder, fresh } = mediaFolder()

describe('missing data is noticed', () => {
  const spoiled = async (shape: ClipShape, spoil: (bytes: Buffer) => Buffer) => {
    const source = await makeClip(shape)
    const path = fresh(shape.extension ?? '.mp4')
    await writeFile(path, spoil(Buffer.from(await readFile(source))))
    return { path, facts: await tools.inspect(path) }
  }
  const long: ClipShape = { seconds: 6, faststart: true, sound: 'tone', picture: 'noise' }

  test.each<[string, ClipShape, (bytes: Buffer) => Buffer]>([
    ['the end is still zeros', long, (bytes) => bytes.fill(0, Math.floor(bytes.length * 0.8))],
    [
      'a hole in the middle',
      long,
      (bytes) => bytes.fill(0, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.6)),
    ],
    [
      'everything but the index is zeros',
      long,
      (bytes) => bytes.fill(0, bytes.indexOf('mdat') + 4),
    ],
    ['one byte short', { faststart: true }, (bytes) => bytes.subarray(0, -1)],
    [
      'an MKV cut off',
      { extension: '.mkv', seconds: 5 },
      (bytes) => bytes.subarray(0, bytes.length * 0.7),
    ],
    [
      'an AVI cut off',
      { extension: '.avi', codec: 'mpeg4' },
      (bytes) => bytes.subarray(0, bytes.length * 0.9),
    ],
  ])('%s', async (what, shape, spoil) => {
    const { facts, path } = await spoiled(shape, spoil)
    expect(facts).toMatchObject({ kind: 'video', complete: false })
    const report = checkFile(facts, path)
    expect(report.verdict).toBe('fail')
    // Of a file that ends too soon, the beginning can be kept.
    const isKnown = /cut off|short/.test(what)
    expect(remediesOf(report).includes('salvage')).toBe(isKnown)
    if (!isKnown) expect(remediesOf(report)).toEqual([])
  })

  test('missing fragments are recognised by the declared duration', async () => {
    const bytes = Buffer.from(
      await readFile(await makeClip({ seconds: 6, fragmented: true, keyframes: 30 })),
    )
    const [moov, mvex] = [bytes.indexOf('moov') - 4, bytes.indexOf('mvex') - 4]
    const timescale = bytes.readUInt32BE(bytes.indexOf('mvhd') + 16)
    const mehd = Buffer.alloc(16)
    mehd.writeUInt32BE(16, 0)
    mehd.write('mehd', 4, 'latin1')
    mehd.writeUInt32BE(6 * timescale, 12)
    bytes.writeUInt32BE(bytes.readUInt32BE(moov) + 16, moov)
    bytes.writeUInt32BE(bytes.readUInt32BE(mvex) + 16, mvex)
    const whole = Buffer.concat([bytes.subarray(0, mvex + 8), mehd, bytes.subarray(mvex + 8)])
    const fragments = [...whole.toString('latin1').matchAll(/moof/g)].map(({ index }) => index - 4)
    const path = join(folder, 'fragments.mp4')
    await writeFile(path, whole)
    expect(await tools.inspect(path)).toMatchObject({ complete: true })
    await writeFile(path, whole.subarray(0, fragments[3]))
    expect(await tools.inspect(path)).toMatchObject({ complete: false })
  })

  test('silence and black pictures are not missing data', async () => {
    const path = await makeClip({ picture: 'black', sound: 'beeps', seconds: 4, faststart: true })
    expect(await tools.inspect(path)).toMatchObject({ complete: true })
    const pcm = await makeClip({
      picture: 'black',
      sound: 'beeps',
      audioCodec: 'pcm_s16le',
      extension: '.mov',
    })
    expect(await tools.inspect(pcm)).toMatchObject({ complete: true })
  })

  test('a file that was still being written is complete at the next check', async () => {
    const bytes = await readFile(await makeClip({ seconds: 4, sound: 'tone' }))
    const path = join(folder, 'growing.mp4')
    await writeFile(path, bytes.subarray(0, bytes.length / 2))
    expect(levelsOf(await tools.inspect(path), path)).toMatchObject({ readable: 'fail' })
    const handle = await open(path, 'a')
    const looking = tools.inspect(path)
    await handle.write(bytes.subarray(bytes.length / 2))
    await handle.close()
    expect((await looking).kind).toBe('video')
    expect(levelsOf(await tools.inspect(path), path)).toEqual({})
  })
})
