import { copyFileSync, readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPreparedFiles } from '../../main/catalog/prepared-files'
import { createMediaTools } from '../../main/media/create-media-tools'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'

const noFix = { remedies: [], background: '#000000' }

const open = (folder: string, toolStamp = 'one') => {
  const media = createMediaTools(testTools)
  const runs: string[] = []
  const counted: Parameters<typeof createPreparedFiles>[0]['media'] = {
    inspect: media.inspect,
    prepare: async (preparation, output, work) => {
      runs.push(output)
      return await media.prepare(preparation, output, work)
    },
  }
  const prepared = createPreparedFiles({ folder, media: counted, toolStamp: async () => toolStamp })
  return { media, prepared, runs }
}

describe('prepared files', () => {
  it('are the source itself if nothing has to change', async () => {
    const { media, prepared, runs } = open(temporaryFolder())
    const source = await makeClip()
    const facts = await media.inspect(source)
    const made = await prepared.prepare(source, facts, null, noFix, {})
    expect(made).toMatchObject({
      id: null,
      path: source,
      command: null,
      report: { verdict: 'pass' },
    })
    expect(runs).toEqual([])
  })

  it('are made once, also for the same content with another name', async () => {
    const folder = temporaryFolder()
    const first = open(folder)
    const source = await makeClip({ seconds: 5 })
    const facts = await first.media.inspect(source)
    const selection = { start: 1, end: 4 }
    const made = await first.prepared.prepare(source, facts, selection, noFix, {})
    const copy = path.join(temporaryFolder(), 'renamed.mp4')
    copyFileSync(source, copy)
    utimesSync(copy, new Date(1e12), new Date(1e12))
    const moved = path.join(temporaryFolder(), 'moved.mp4')
    copyFileSync(copy, moved)
    utimesSync(moved, new Date(1e12), new Date(1e12))
    const second = open(folder)
    expect(await second.prepared.prepare(source, facts, selection, noFix, {})).toEqual(made)
    expect(second.runs).toEqual([])
    await second.prepared.prepare(copy, facts, selection, noFix, {})
    await second.prepared.prepare(moved, facts, selection, noFix, {})
    expect(second.runs).toHaveLength(1)
  })

  it('are made again with another recipe, another tool, or if the stored one is damaged', async () => {
    const folder = temporaryFolder()
    const { media, prepared, runs } = open(folder)
    const source = await makeClip({ seconds: 5 })
    const facts = await media.inspect(source)
    const made = await prepared.prepare(source, facts, { start: 0, end: 3 }, noFix, {})
    await prepared.prepare(source, facts, { start: 0, end: 3.5 }, noFix, {})
    expect(runs).toHaveLength(2)
    const updated = open(folder, 'two')
    await updated.prepared.prepare(source, facts, { start: 0, end: 3 }, noFix, {})
    expect(updated.runs).toHaveLength(1)
    truncateSync(made.path, 100)
    expect(await prepared.prepare(source, facts, { start: 0, end: 3 }, noFix, {})).toMatchObject({
      report: { verdict: 'pass' },
    })
    rmSync(made.path)
    await prepared.prepare(source, facts, { start: 0, end: 3 }, noFix, {})
    expect(runs).toHaveLength(4)
  })

  it('leave no partial file when stopped', async () => {
    const folder = temporaryFolder()
    const { media, prepared } = open(folder)
    const source = await makeClip({ seconds: 10, width: 1280, height: 720 })
    const facts = await media.inspect(source)
    const stop = new AbortController()
    const work = { signal: stop.signal, onProgress: () => stop.abort() }
    const making = prepared.prepare(source, facts, { start: 0.5, end: 9 }, noFix, work)
    await expect(making).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => readdirSync(folder)).toEqual([])
  })

  it('of images have a fitting extension and are found by id', async () => {
    const { media, prepared } = open(temporaryFolder())
    const source = await makeImage({ format: 'png', alpha: 'half' })
    const facts = await media.inspect(source)
    const fix = { remedies: ['flatten' as const], background: '#ff0000' }
    const made = await prepared.prepare(source, facts, null, fix, {})
    expect(made).toMatchObject({ report: { verdict: 'pass' }, facts: { transparent: false } })
    expect(path.extname(made.path)).toBe('.png')
    expect(prepared.pathOf(made.id ?? '')).toBe(made.path)
    expect(prepared.pathOf('../../etc/passwd')).toBeNull()
  })
})
