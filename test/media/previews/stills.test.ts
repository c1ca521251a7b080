import { writeFileSync } from 'node:fs'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createMediaTools } from '../../../main/media/create-media-tools'
import { removeTiles } from '../../../main/media/previews/filmstrip'
import { checkFile, forecast } from '../../../main/preflight'
import { bundledFfmpeg } from '../../../main/tools/tool-paths'
import type { Remedy } from '../../../preload/contract'
import { readFrameNumbers } from '../../support/frame-numbers'
import { type ClipShape, makeClip } from '../../support/make-media'
import { type ImageShape, makeImage } from '../../support/make-media-images'
import { clipOf, mediaFolder, tools } from '../../support/media-folder'
import { testTools } from '../../support/test-tools'

const { folder, fresh } = mediaFolder()

const poster = async (path: string) => {
  const output = fresh('.jpg')
  const ok = await tools.poster(path, await tools.inspect(path), output)
  return ok ? sharp(output).metadata() : null
}

describe('a poster', () => {
  test.each<[string, ClipShape, [number, number]]>([
    ['an ordinary clip', {}, [320, 240]],
    ['a large clip', { width: 1280, height: 720, seconds: 2 }, [480, 270]],
    ['a clip on its side', { width: 1280, height: 720, seconds: 2, rotation: 90 }, [270, 480]],
    ['an anamorphic clip', { sar: '4/3' }, [426, 240]],
    ['a clip with narrow pixels', { sar: '3/4' }, [240, 240]],
    ['ProRes', { codec: 'prores', extension: '.mov' }, [320, 240]],
    ['a clip that is cut off', { faststart: true, keep: 0.5 }, [320, 240]],
  ])('of %s', async (_, shape, [width, height]) => {
    const found = await poster(await makeClip(shape))
    expect(found).toMatchObject({ format: 'jpeg', width, height })
  })

  test.each<[string, ImageShape, [number, number]]>([
    ['a photo', { width: 1200, height: 800 }, [480, 320]],
    ['a photo on its side', { width: 1200, height: 800, orientation: 6 }, [320, 480]],
    ['a small picture', {}, [400, 300]],
    ['a BMP', { format: 'bmp', width: 1200, height: 800 }, [480, 320]],
    ['a CMYK picture', { cmyk: true }, [400, 300]],
    ['a GIF', { format: 'gif' }, [400, 300]],
    ['a transparent PNG', { format: 'png', alpha: 'half' }, [400, 300]],
  ])('of %s', async (_, shape, [width, height]) => {
    expect(await poster(await makeImage(shape))).toMatchObject({ format: 'jpeg', width, height })
  })

  test('is not made without a picture', async () => {
    expect(await poster(await makeClip({ keep: 0.5 }))).toBeNull()
    expect(await poster(await makeImage({ keep: 0.1 }))).toBeNull()
    expect(await poster(join(folder, 'nowhere'))).toBeNull()
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('is not the black first frame of a clip', async () => {
    const output = fresh('.jpg')
    const path = await makeClip({ picture: 'numbered', seconds: 3 })
    await tools.poster(path, await tools.inspect(path), output)
    expect((await sharp(output).stats()).channels[0]?.max).toBeGreaterThan(100)
  })
})

test('a filmstrip shows the clip from beginning to end', async () => {
  const path = await makeClip({ picture: 'numbered', seconds: 5, rotation: 180 })
  const output = fresh('.jpg')
  const strip = await tools.filmstrip(path, await tools.inspect(path), output)
  expect(strip).toMatchObject({ count: 10, tileWidth: 120, tileHeight: 90, duration: 5 })
  const { data, info } = await sharp(output).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([1200, 90])
  const numbers = Array.from({ length: strip.count }, (_, tile) =>
    Array.from({ length: 10 }, (_, bar) => {
      const x = tile * strip.tileWidth + strip.tileWidth - 1 - (bar * 12 + 6)
      return (data[45 * info.width + x] ?? 0) > 127 ? 2 ** bar : 0
    }).reduce<number>((sum, bit) => sum + bit, 0),
  )
  numbers.forEach((number, tile) => {
    expect(Math.abs(number - (tile * 15 + 7))).toBeLessThanOrEqual(2)
  })
})

test('the tiles of a filmstrip are reported one by one, the first at once', async () => {
  const path = await makeClip({ picture: 'numbered', seconds: 5, width: 1280, height: 720 })
  const own = await mkdtemp(join(folder, 'tiles-'))
  const told: string[][] = []
  // The strip is started when the first tile has been reported.
  const [script, go] = [fresh('.sh'), fresh('.go')]
  const waiting = `case "$*" in *filter_complex*) while [ ! -e '${go}' ]; do sleep 0.05; done;; esac`
  await writeFile(script, `#!/bin/sh\n${waiting}\nexec '${bundledFfmpeg()}' "$@"\n`, {
    mode: 0o755,
  })
  const onTiles = (files: string[]) => {
    told.push(files)
    writeFileSync(go, '')
  }
  const tiles = { prefix: join(own, '50%d-'), onTiles }
  const facts = await tools.inspect(path)
  const slow = createMediaTools({ ...testTools, ffmpeg: () => script })
  const strip = await slow.filmstrip(path, facts, join(own, 'strip.jpg'), { tiles })
  expect(told[0]).toHaveLength(1)
  expect(told.map((files) => files.length)).toEqual(
    told.map((files) => files.length).toSorted((a, b) => a - b),
  )
  for (const file of told.flat())
    expect(await sharp(file).metadata()).toMatchObject({
      format: 'jpeg',
      width: strip.tileWidth,
      height: strip.tileHeight,
    })
  await removeTiles(tiles.prefix, strip.count)
  expect(await readdir(own)).toEqual(['strip.jpg'])
})

test.each<[string, ClipShape]>([
  [
    'rotated HEVC',
    {
      codec: 'hevc',
      extension: '.mov',
      width: 1600,
      height: 900,
      rate: 10,
      rotation: 90,
      sound: 'tone',
    },
  ],
  ['ProRes', { codec: 'prores', extension: '.mov' }],
  ['AVI', { codec: 'mpeg4', extension: '.avi' }],
])('%s gets a preview that plays, as long as the clip', async (_, shape) => {
  const path = await makeClip(shape)
  const source = await tools.inspect(path)
  expect(tools.playable(source)).toBe(false)
  const output = fresh('.mp4')
  const seen: number[] = []
  await tools.proxy(path, source, output, { onProgress: (fraction) => seen.push(fraction) })
  const found = await tools.inspect(output)
  expect(tools.playable(found)).toBe(true)
  if (found.kind !== 'video' || source.kind !== 'video') throw new Error('expected clips')
  expect(found.durations.video).toBeCloseTo(source.durations.container ?? 0, 1)
  expect(Math.max(found.width ?? 0, found.height ?? 0)).toBeLessThanOrEqual(1280)
  expect((found.width ?? 0) / (found.height ?? 1)).toBeCloseTo(
    (source.width ?? 0) / (source.height ?? 1),
    1,
  )
  expect(seen.at(-1)).toBe(1)
})

const squeezed: ClipShape = { width: 1080, height: 1440, sar: '3/4', seconds: 1, rate: 5 }
const stretched: ClipShape = { width: 1440, height: 1080, sar: '4/3', seconds: 1, rate: 5 }

test.each<[string, ClipShape, [number, number], [number, number]]>([
  ['narrow pixels', squeezed, [720, 1280], [360, 640]],
  ['wide pixels', stretched, [1280, 720], [640, 360]],
  ['narrow pixels, on its side', { ...squeezed, rotation: 90 }, [1280, 720], [640, 360]],
])('copies of a clip with %s have square ones', async (_, shape, proxy, scrub) => {
  const path = await makeClip(shape)
  const facts = await tools.inspect(path)
  const sizeOf = async (make: typeof tools.proxy) => {
    const output = fresh('.mp4')
    await make(path, facts, output)
    const { width, height, sar } = clipOf(await tools.inspect(output))
    return { width, height, sar }
  }
  const square = ([width, height]: [number, number]) => ({ width, height, sar: '1:1' })
  expect(await sizeOf(tools.proxy)).toEqual(square(proxy))
  expect(await sizeOf(tools.scrubCopy)).toEqual(square(scrub))
})

test.each<[string, ClipShape, boolean]>([
  ['H.264 with AAC', { sound: 'tone' }, true],
  ['H.264 in QuickTime', { extension: '.mov' }, true],
  ['VP9 in MP4', { codec: 'vp9' }, true],
  [
    'VP9 in WebM with Opus',
    { codec: 'vp9', extension: '.webm', sound: 'tone', audioCodec: 'opus' },
    true,
  ],
  ['H.264 in MKV', { extension: '.mkv' }, false],
  ['H.264 with PCM', { extension: '.mov', sound: 'tone', audioCodec: 'pcm_s16le' }, false],
  ['HEVC', { codec: 'hevc' }, false],
  ['MPEG-4', { codec: 'mpeg4' }, false],
])('%s plays as it is: %s', async (_, shape, plays) => {
  expect(tools.playable(await tools.inspect(await makeClip(shape)))).toBe(plays)
})

describe('an image is prepared', () => {
  test.each<[string, ImageShape, Remedy[], string, [number, number]]>([
    ['transparent PNG', { format: 'png', alpha: 'half' }, ['flatten'], '.png', [400, 300]],
    [
      'PNG with an opaque channel',
      { format: 'png', alpha: 'channel' },
      ['flatten'],
      '.png',
      [400, 300],
    ],
    ['GIF', { format: 'gif' }, ['convert'], '.png', [400, 300]],
    ['AVIF', { format: 'avif' }, ['convert'], '.jpg', [400, 300]],
    ['TIFF', { format: 'tiff' }, ['convert'], '.png', [400, 300]],
    ['small BMP', { format: 'bmp', width: 200, height: 100 }, ['scale'], '.png', [480, 240]],
    ['animated WEBP', { format: 'webp', frames: 3 }, ['first-frame'], '.jpg', [400, 300]],
    ['CMYK', { cmyk: true }, ['to-srgb'], '.jpg', [400, 300]],
    [
      'small rotated photo',
      { width: 200, height: 100, orientation: 6 },
      ['scale'],
      '.jpg',
      [240, 480],
    ],
    ['strip, padded', { width: 3000, height: 250 }, ['pad'], '.jpg', [3000, 375]],
    ['strip, cropped', { width: 3000, height: 250 }, ['crop'], '.jpg', [2000, 250]],
    [
      'rotated strip, cropped',
      { width: 3000, height: 250, orientation: 8 },
      ['crop'],
      '.jpg',
      [250, 2000],
    ],
    [
      'tall sliver, padded',
      { format: 'png', width: 20, height: 9000 },
      ['pad'],
      '.png',
      [1000, 8000],
    ],
  ])('%s', async (_, shape, remedies, extension, [width, height]) => {
    const path = await makeImage(shape)
    const source = await tools.inspect(path)
    const output = fresh(extension)
    await tools.prepare(
      { path, facts: source, selection: null, remedies, background: '#ff0000' },
      output,
    )
    const found = await tools.inspect(output)
    expect(found).toMatchObject({ kind: 'image', width, height, orientation: 1, frames: 1 })
    expect(checkFile(found, output).verdict).toBe('pass')
    const fix = { remedies, background: '#ff0000' }
    const { bytes: _bytes, ...foretold } = forecast('a', source, null, fix).facts
    expect(found).toMatchObject(foretold)
  })

  test('with the chosen colour behind transparent pixels', async () => {
    const path = await makeImage({ format: 'png', alpha: 'one-pixel' })
    const output = fresh('.png')
    await tools.prepare(
      {
        path,
        facts: await tools.inspect(path),
        selection: null,
        remedies: ['flatten'],
        background: '#12ab34',
      },
      output,
    )
    const last = (await sharp(output).raw().toBuffer()).subarray(-3)
    expect([...last]).toEqual([0x12, 0xab, 0x34])
  })

  test('until it is small enough', async () => {
    const path = await makeImage({ format: 'png', noise: true, width: 3200, height: 2600 })
    const source = await tools.inspect(path)
    expect(checkFile(source, path).verdict).not.toBe('pass')
    const output = fresh('.jpg')
    await tools.prepare(
      { path, facts: source, selection: null, remedies: ['fit-size'], background: '#000000' },
      output,
    )
    expect(checkFile(await tools.inspect(output), output).verdict).toBe('pass')
  })

  test.each(['colour', 'blur'] as const)(
    'until it is small enough, its padding of %s too',
    async (pad) => {
      const path = await makeImage({ format: 'png', noise: true, width: 8000, height: 990 })
      const facts = await tools.inspect(path)
      const output = fresh('.png')
      const fix = { remedies: ['pad' as const], background: '#00ff00', pad }
      await tools.prepare({ path, facts, selection: null, ...fix }, output)
      const found = await tools.inspect(output)
      expect(found).toMatchObject({ width: 5600, height: 700 })
      expect(checkFile(found, output).verdict).toBe('pass')
      // The picture has 693 rows: three rows of padding lie above it, four below.
      const rows = await sharp(output)
        .extract({ left: 0, top: 0, width: 1, height: 700 })
        .raw()
        .toBuffer()
      const green = (row: number) => [...rows.subarray(row * 3, row * 3 + 3)].join() === '0,255,0'
      expect([0, 2, 3, 695, 696, 699].map(green)).toEqual(
        [true, true, false, false, true, true].map((padded) => padded && pad === 'colour'),
      )
    },
  )

  test('is refused with a message if it does not decode', async () => {
    const path = await makeImage({ keep: 0.5 })
    const facts = await tools.inspect(path)
    const preparation = {
      path,
      facts,
      selection: null,
      remedies: ['scale' as const],
      background: '#000000',
    }
    await expect(tools.prepare(preparation, fresh('.jpg'))).rejects.toMatchObject({
      text: { key: 'media.not-possible' },
    })
  })
})

describe('a saved frame', () => {
  const numberAt = async (path: string, time: number) => {
    const output = fresh('.png')
    await tools.frame(path, await tools.inspect(path), time, output)
    return { numbers: await readFrameNumbers(output), ...(await sharp(output).metadata()) }
  }

  test.each([
    ['30', 0, 0],
    ['30', 1, 30],
    ['30', 1.02, 30],
    ['30', 1.033, 30],
    ['30', 1.034, 31],
    ['30000/1001', 1.001, 30],
    ['30000/1001', 1.0, 29],
    ['25', 2.96, 74],
    ['25', 5, 74],
  ])(
    'of a clip of %s frames a second is the one on screen at %d s: %i',
    async (rate, time, frame) => {
      const clip = await makeClip({ picture: 'numbered', rate, seconds: 3 })
      expect(await numberAt(clip, time)).toMatchObject({ numbers: [frame], format: 'png' })
    },
  )

  test('is upright, in full size', async () => {
    const clip = await makeClip({ width: 1280, height: 720, seconds: 2, rotation: 90 })
    expect(await numberAt(clip, 0.5)).toMatchObject({ width: 720, height: 1280 })
  })
})
