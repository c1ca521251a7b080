import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../../preload/contract'
import { testId } from '../support/test-id'
import { everything, setUp, spec } from './a-library'

describe('finding', () => {
  it('compares every word with prompts, names and provider', async () => {
    const { open, finished } = await setUp()
    const library = open()
    await library.save(finished('a', spec('snowy street')))
    const chinese = spec('把街道变成雪景')
    for (const file of chinese.files) file.name = '海滩.mp4'
    const image = { role: 'reference-image' as const, mediaId: null, name: 'poster.png' }
    chinese.files.push(...chinese.files.map((file) => ({ ...file, ...image })))
    const { files } = await library.save(finished('b', chinese))
    expect(files[1]).toMatchObject({ ...image, posterUrl: null })
    await library.save(finished('c', spec('Café at 100%_ night', { negativePrompt: 'blur' })))
    const found: [string, number][] = [
      ['', 3],
      ['snowy', 1],
      ['SNOWY street', 1],
      ['snowy beach', 1],
      ['snowy nothing', 0],
      ['雪', 1],
      ['街道 海滩', 1],
      ['café', 1],
      ['CAFE\u0301', 1],
      ['model studio', 3],
      ['poster.png', 1],
      ['street2026', 0],
      ['100%_', 1],
      ["'; DROP TABLE library; --", 0],
    ]
    for (const [words, count] of found) {
      const of = (...providers: ProviderId[]) => library.list({ words, providers })
      expect(of(), words).toHaveLength(count)
      expect(of('sandbox', 'dashscope'), words).toHaveLength(count)
      expect(of('sandbox'), words).toEqual([])
    }
  })

  it('accepts a whole prompt as a search, however long', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const prompt = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(' ')
    await library.save(finished('long', spec(prompt)))
    await library.save(finished('short', spec('word1')))
    const found = library.list({ words: prompt, providers: [] })
    expect(found.map((entry) => entry.jobId)).toEqual([testId('long')])
  })

  it('shows the newest first', async () => {
    const { open, finished, clock } = await setUp()
    const library = open()
    await library.save(finished('old'))
    await clock.advance(1_000)
    await library.save(finished('new'))
    expect(library.list(everything).map((entry) => entry.jobId)).toEqual(['new', 'old'].map(testId))
  })

  it('marks missing files', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const entry = await library.save(finished('a'))
    rmSync(library.pathOf(entry.id) ?? '')
    expect(library.get(entry.id)?.missing).toBe(true)
    await expect(library.copyTo(entry.id, '/tmp/never.mp4')).rejects.toMatchObject({
      text: { key: 'result.missing', values: { name: entry.fileName } },
    })
  })

  it('gives the files of a result, and the request that made it', async () => {
    const { open, finished, home } = await setUp()
    const library = open()
    const edit = finished('a')
    const { id, fileName } = await library.save(edit)
    expect(path.basename(library.pathOf(id) ?? '')).toBe(fileName)
    expect(library.specOf(id)).toEqual(edit.spec)
    const [still, sent] = [library.posterOf(id), library.beforeOf(id)]
    expect([existsSync(still ?? ''), sent]).toEqual([true, edit.sentClipPath])
    for (const folder of Object.values(home)) rmSync(folder, { recursive: true })
    expect([library.posterOf(id), library.beforeOf(id)]).toEqual([null, null])
    expect(library.get(id)?.urls).toMatchObject({ poster: null, before: null })
    const { pathOf, posterOf, beforeOf, specOf, get } = library
    for (const of of [pathOf, posterOf, beforeOf, specOf, get]) expect(of('nobody')).toBeNull()
  })

  it('sums up what every result was billed', async () => {
    const { open, finished } = await setUp()
    const library = open()
    await library.save(finished('a'))
    expect(library.totals()).toMatchObject([{ month: '2026-11', provider: 'dashscope', edits: 1 }])
  })
})
