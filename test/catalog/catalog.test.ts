import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { openCatalog } from '../support/open-catalog'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'
import { isBlue, makeTwoTracks } from '../support/two-tracks'

/** Times of a clip's frames in seconds, to the millisecond. */
const frames = async (file: string, option: string[]): Promise<string[]> => {
  const entries = ['-select_streams', 'v', '-show_entries', 'frame=best_effort_timestamp_time']
  const { stdout } = await promisify(execFile)(testTools.ffprobe(), [
    ...['-v', 'error', ...option, ...entries, '-of', 'csv=p=0', file],
  ])
  return stdout
    .trim()
    .split('\n')
    .map((time) => Number.parseFloat(time).toFixed(3))
}
const allFrames = (file: string) => frames(file, [])
const keyFrames = (file: string) => frames(file, ['-skip_frame', 'nokey'])

const noFix = { remedies: [], background: '#000000' }

describe('added files', () => {
  it('are listed at once in the given order; reports and stills follow', async () => {
    const { catalog, until } = openCatalog(temporaryFolder())
    const files = [await makeClip(), await makeImage(), '/nowhere/gone.mp4']
    const added = await catalog.add(files)
    expect(added.map(({ name, state }) => [name, state])).toEqual([
      [path.basename(files[0] ?? ''), 'checking'],
      [path.basename(files[1] ?? ''), 'checking'],
      ['gone.mp4', 'checking'],
    ])
    expect(catalog.list().map(({ id }) => id)).toEqual(added.map(({ id }) => id))
    const [clip, image, lost] = added
    expect(await catalog.whenChecked(lost?.id ?? '')).toMatchObject({ state: 'missing' })
    expect(await catalog.whenChecked(clip?.id ?? '')).toMatchObject({
      state: 'checked',
      report: { verdict: 'pass' },
      facts: { kind: 'video', width: 320 },
      playable: true,
    })
    const pictured = await until(image?.id ?? '', ({ posterUrl }) => posterUrl !== null)
    expect(pictured).toMatchObject({ state: 'checked', report: { verdict: 'pass' } })
    const poster = catalog.mediaPath('poster', image?.id ?? '')
    expect(readFileSync(poster ?? '').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  })

  it('of which no frame can be decoded fail once no still could be made', async () => {
    const { catalog, until } = openCatalog(temporaryFolder())
    const [item] = await catalog.add([await makeClip({ spoilt: [0, 1] })])
    const { report } = await until(item?.id ?? '', (now) => now.report?.verdict === 'fail')
    expect(report?.findings.filter(({ level }) => level === 'fail')).toMatchObject([
      { rule: 'decodes' },
    ])
  })

  it('are the same item at the top when added again', async () => {
    const { catalog } = openCatalog(temporaryFolder())
    const [clip, image] = [await makeClip(), await makeImage()]
    const first = await catalog.add([clip, image])
    const again = await catalog.add([image])
    expect(again[0]?.id).toBe(first[1]?.id)
    expect(catalog.list().map(({ id }) => id)).toEqual([first[1]?.id, first[0]?.id])
  })

  it('are measured again once after a change of the tools', async () => {
    const folder = temporaryFolder()
    const before = openCatalog(folder)
    const [item] = await before.catalog.add([await makeClip()])
    const id = item?.id ?? ''
    await before.until(id, ({ posterUrl }) => posterUrl !== null)
    before.close()
    let measured = 0
    const other = {
      stamp: () => 'another ffprobe',
      inspect: async (): Promise<Facts> => {
        measured++
        return { kind: 'other', format: 'text', bytes: 1, unreadable: null }
      },
    }
    for (const _ of [1, 2]) {
      const after = openCatalog(folder, other)
      expect((await after.catalog.whenChecked(id)).facts).toMatchObject({ format: 'text' })
      after.close()
    }
    expect(measured).toBe(1)
  })

  it('are kept after a restart, without another measurement', async () => {
    const folder = temporaryFolder()
    const before = openCatalog(folder)
    const [item] = await before.catalog.add([await makeClip()])
    await before.until(item?.id ?? '', ({ posterUrl }) => posterUrl !== null)
    before.close()
    const inspect = () => Promise.reject(new Error('measured again'))
    const after = openCatalog(folder, { inspect })
    expect(after.catalog.list()).toMatchObject([
      {
        id: item?.id,
        state: 'checked',
        report: { verdict: 'pass' },
        posterUrl: expect.any(String),
      },
    ])
  })

  it('are measured again after a change, and missing after deletion', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'clip.mp4')
    copyFileSync(await makeClip(), file)
    const first = openCatalog(folder)
    const [item] = await first.catalog.add([file])
    const id = item?.id ?? ''
    await first.catalog.whenChecked(id)
    writeFileSync(file, 'no clip any more')
    first.catalog.check([id])
    expect((await first.catalog.whenChecked(id)).report?.verdict).toBe('fail')
    first.close()
    copyFileSync(await makeClip(), file)
    utimesSync(file, 1, 1)
    const second = openCatalog(folder)
    expect((await second.catalog.whenChecked(id)).report?.verdict).toBe('pass')
    rmSync(file)
    second.catalog.check([id])
    expect(await second.catalog.whenChecked(id)).toMatchObject({
      state: 'missing',
      report: { verdict: 'fail', findings: [{ rule: 'readable' }] },
    })
    await expect(second.catalog.playUrl(id, {})).rejects.toMatchObject({
      text: { key: 'edits.file_gone' },
    })
  })

  it('leave the list when removed, stay on the disk, and return as the same item', async () => {
    const folder = temporaryFolder()
    const { catalog, close } = openCatalog(folder)
    const file = await makeClip()
    const [item] = await catalog.add([file])
    const removed: string[][] = []
    catalog.onRemove((ids) => removed.push(ids))
    catalog.remove([item?.id ?? '', 'unknown'])
    expect(catalog.list()).toEqual([])
    expect(removed).toEqual([[item?.id]])
    expect(catalog.pathOf(item?.id ?? '')).toBe(file)
    expect(existsSync(file)).toBe(true)
    close()
    const after = openCatalog(folder).catalog
    expect(after.list()).toEqual([])
    expect((await after.add([file]))[0]?.id).toBe(item?.id)
  })

  it('that crash a tool end as unreadable', async () => {
    const inspect = () => Promise.reject(new Error('broken tool'))
    const { catalog } = openCatalog(temporaryFolder(), { inspect })
    const [item] = await catalog.add([await makeClip()])
    expect(await catalog.whenChecked(item?.id ?? '')).toMatchObject({
      state: 'checked',
      report: { verdict: 'fail' },
    })
  })

  it('are reported together', async () => {
    const facts: Facts = { kind: 'other', format: 'text', bytes: 1, unreadable: null }
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'many'))
    for (let index = 0; index < 300; index++)
      writeFileSync(path.join(folder, 'many', `${index}.txt`), 'x')
    const { catalog } = openCatalog(folder, {
      inspect: async () => facts,
      poster: async () => false,
    })
    let messages = 0
    catalog.onChange(() => messages++)
    const items = await catalog.add([path.join(folder, 'many')])
    await Promise.all(items.map(({ id }) => catalog.whenChecked(id)))
    expect(items).toHaveLength(300)
    expect(messages).toBeLessThanOrEqual(2 * items.length)
  })
})

describe('a pasted image', () => {
  it('is stored once for the same content, with a safe name', async () => {
    const { catalog, home } = openCatalog(temporaryFolder())
    const bytes = readFileSync(await makeImage({ format: 'png' }))
    const [item] = await catalog.addBytes('../../pic:1.png', bytes)
    const [again] = await catalog.addBytes('../../pic:1.png', bytes)
    expect(again?.id).toBe(item?.id)
    const file = catalog.pathOf(item?.id ?? '') ?? ''
    expect(path.relative(home.pasted, file)).toMatch(/^[\da-f]{16}[/\\]pic_1\.png$/)
    expect((await catalog.whenChecked(item?.id ?? '')).report?.verdict).toBe('pass')
  })

  it('replaces the part that a crashed process has written', async () => {
    const { catalog } = openCatalog(temporaryFolder())
    const bytes = readFileSync(await makeImage({ format: 'png' }))
    const [item] = await catalog.addBytes('pic.png', bytes)
    const file = catalog.pathOf(item?.id ?? '') ?? ''
    truncateSync(file, 100)
    await catalog.addBytes('pic.png', bytes)
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(readdirSync(path.dirname(file))).toEqual(['pic.png'])
  })

  it('is one item when pasted twice at the same time', async () => {
    const { catalog } = openCatalog(temporaryFolder())
    const bytes = readFileSync(await makeImage({ format: 'png' }))
    const pasted = await Promise.all(
      Array.from({ length: 8 }, () => catalog.addBytes('pic.png', bytes)),
    )
    const ids = new Set(pasted.flatMap((items) => items.map(({ id }) => id)))
    expect(ids.size).toBe(1)
    const file = catalog.pathOf([...ids][0] ?? '') ?? ''
    expect(readdirSync(path.dirname(file))).toEqual(['pic.png'])
  })

  it('keeps the end of a name that is too long', async () => {
    const { catalog } = openCatalog(temporaryFolder())
    const bytes = readFileSync(await makeImage({ format: 'png' }))
    const [item] = await catalog.addBytes(`${'雪'.repeat(150)}.png`, bytes)
    expect(item?.name).toMatch(/^雪+\.png$/)
  })
})

describe('previews', () => {
  it('play the file itself if Chromium can, otherwise a proxy that is made once', async () => {
    let made = 0
    const folder = temporaryFolder()
    const { catalog, media } = openCatalog(folder)
    const proxy = media.proxy
    media.proxy = async (...words) => {
      made++
      await proxy(...words)
    }
    const [plain] = await catalog.add([await makeClip()])
    expect(await catalog.playUrl(plain?.id ?? '', {})).toMatchObject({
      proxy: false,
      url: expect.stringMatching(/^reshoot-media:\/\/clip\//),
    })
    const [hevc] = await catalog.add([await makeClip({ codec: 'prores', extension: '.mov' })])
    const id = hevc?.id ?? ''
    const fractions: number[] = []
    const [one, two] = await Promise.all([
      catalog.playUrl(id, { onProgress: (fraction) => fractions.push(fraction) }),
      catalog.playUrl(id, {}),
    ])
    expect(one).toEqual(two)
    expect(one).toMatchObject({
      proxy: true,
      url: expect.stringMatching(/^reshoot-media:\/\/proxy\//),
    })
    await catalog.playUrl(id, {})
    expect(made).toBe(1)
    expect(await media.inspect(catalog.mediaPath('proxy', id) ?? '')).toMatchObject({
      codec: 'h264',
    })
  })

  it('have a small copy for scrubbing, in time with the clip and a key frame at every frame', async () => {
    const { catalog, media } = openCatalog(temporaryFolder())
    const clip = await makeClip({ seconds: 3, width: 1280, height: 720, keyframes: 60 })
    const [item] = await catalog.add([clip])
    const id = item?.id ?? ''
    const { url } = await catalog.scrubUrl(id, {})
    expect(url).toMatch(/^reshoot-media:\/\/scrub\//)
    const copy = catalog.mediaPath('scrub', id) ?? ''
    expect(await media.inspect(copy)).toMatchObject({ width: 640, height: 360, audio: [] })
    expect(await keyFrames(copy)).toEqual(await allFrames(clip))
  })

  it('have a filmstrip that is made once', async () => {
    const { catalog, media } = openCatalog(temporaryFolder())
    let made = 0
    const filmstrip = media.filmstrip
    media.filmstrip = async (...words) => {
      made++
      return await filmstrip(...words)
    }
    const [item] = await catalog.add([await makeClip()])
    const id = item?.id ?? ''
    const [strip] = await Promise.all([catalog.filmstrip(id), catalog.filmstrip(id)])
    expect(await catalog.filmstrip(id)).toEqual(strip)
    expect(strip).toMatchObject({ count: expect.any(Number), duration: expect.closeTo(3, 1) })
    expect(made).toBe(1)
    expect(existsSync(catalog.mediaPath('filmstrip', id) ?? '')).toBe(true)
  })

  it('differ for each video track', async () => {
    const { catalog, media, until } = openCatalog(temporaryFolder())
    const [item] = await catalog.add([await makeTwoTracks()])
    const id = item?.id ?? ''
    const fileOf = (url: string | null) => {
      const [, kind, name = ''] = /^reshoot-media:\/\/(\w+)\/([^?]+)/.exec(url ?? '') ?? []
      if (kind !== 'clip' && kind !== 'proxy' && kind !== 'scrub' && kind !== 'filmstrip')
        throw new Error(`No picture: ${url}`)
      return catalog.mediaPath(kind, decodeURIComponent(name)) ?? ''
    }
    const first = fileOf((await catalog.playUrl(id, {})).url)
    const second = fileOf((await catalog.playUrl(id, { track: 1 })).url)
    expect(await isBlue(second)).toBe(true)
    expect(await media.inspect(second)).toMatchObject({ width: 450, height: 800, videoTracks: 1 })
    expect(first).toBe(catalog.pathOf(id))
    expect(fileOf((await catalog.playUrl(id, { track: 5 })).url)).toBe(first)

    const copies = [await catalog.scrubUrl(id, { track: 1 }), await catalog.scrubUrl(id, {})]
    expect(await Promise.all(copies.map(({ url }) => isBlue(fileOf(url))))).toEqual([true, false])
    const strips = [await catalog.filmstrip(id, 1), await catalog.filmstrip(id)]
    expect(await Promise.all(strips.map(({ url }) => isBlue(fileOf(url))))).toEqual([true, false])
    expect(strips.map(({ tileWidth, tileHeight }) => tileWidth > tileHeight)).toEqual([false, true])
    await until(id, ({ posterUrl }) => posterUrl !== null)
    expect(await isBlue(catalog.mediaPath('poster', id) ?? '')).toBe(false)
  })

  it('show the tiles of a filmstrip while it is made', async () => {
    const { catalog, media } = openCatalog(temporaryFolder())
    const shown = Promise.withResolvers<void>()
    const filmstrip = media.filmstrip
    media.filmstrip = async (...words) => {
      const strip = await filmstrip(...words)
      await shown.promise
      return strip
    }
    const [item] = await catalog.add([await makeClip({ seconds: 8, picture: 'test' })])
    const id = item?.id ?? ''
    await catalog.whenChecked(id)
    const early = await catalog.filmstrip(id, 0, false)
    shown.resolve()
    expect(early.tiles?.length).toBeGreaterThan(0)
    const [tile = ''] = early.tiles ?? []
    const tileId = /^reshoot-media:\/\/filmstrip\/([^?]+)/.exec(tile)?.[1] ?? ''
    const bytes = readFileSync(catalog.mediaPath('filmstrip', decodeURIComponent(tileId)) ?? '')
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
    const { tiles, ...shape } = early
    const whole = await catalog.filmstrip(id)
    expect(whole).toEqual(shape)
    expect(await catalog.filmstrip(id, 0, false)).toEqual(whole)
  })
})

describe('preparing a selection', () => {
  it('gives the measured and checked part, and does not change the source', async () => {
    const { catalog, prepared } = openCatalog(temporaryFolder())
    const source = await makeClip({ seconds: 12 })
    const before = readFileSync(source)
    const [item] = await catalog.add([source])
    const made = await catalog.prepare(item?.id ?? '', { start: 1, end: 5 }, noFix, {})
    expect(made).toMatchObject({
      report: { verdict: 'pass' },
      command: expect.stringContaining('ffmpeg'),
    })
    expect(made.facts).toMatchObject({ kind: 'video', duration: expect.closeTo(4, 3) })
    const id = /prepared\/([\da-f]+)/.exec(made.url)?.[1] ?? ''
    expect(prepared.pathOf(id)).not.toBeNull()
    expect(readFileSync(source).equals(before)).toBe(true)
  })
})
