import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { parseSidecar } from '../../main/library/sidecar'
import { createMediaTools } from '../../main/media/create-media-tools'
import { testId } from '../support/test-id'
import { testTools } from '../support/test-tools'
import { everything, setUp } from './a-library'

describe('a folder that cannot be created', () => {
  it.each(['/proc/nope/library', path.join(import.meta.filename, 'inside')])(
    '%s is an error, not a hang, and Settings can show it',
    async (folder) => {
      const { open, moveTo } = await setUp()
      moveTo(folder)
      const library = open()
      expect(() => library.makeFolder()).toThrow(/E[A-Z]+/)
      expect(library.folder()).toBe(folder)
    },
  )
})

describe('saving', () => {
  it('moves the result to a readable name, with its sidecar, still and sent clip', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const edit = finished('job-1')
    let changes = 0
    library.onChange(() => changes++)
    const entry = await library.save(edit)
    expect(entry).toMatchObject({
      jobId: testId('job-1'),
      fileName: '2026-11-20 snowy street (beach).mp4',
      duration: 2,
      width: 320,
      height: 240,
      missing: false,
      files: [
        {
          role: 'clip',
          name: 'beach.mp4',
          mediaId: 'media-1',
          posterUrl: 'still-of-media-1',
          selection: { start: 1, end: 3 },
        },
      ],
      urls: {
        video: expect.stringContaining(`://result/${testId('entry-1')}?`),
        before: expect.stringContaining(`://before/${testId('entry-1')}?`),
        poster: expect.stringContaining(`://result-poster/${testId('entry-1')}?`),
      },
    })
    expect(readdirSync(folder()).sort()).toEqual([
      '2026-11-20 snowy street (beach).mp4',
      '2026-11-20 snowy street (beach).reshoot.json',
    ])
    expect(existsSync(edit.resultPath)).toBe(false)
    expect(changes).toBe(1)
    expect(library.specOf(entry.id)).toEqual(edit.spec)
    const text = readFileSync(path.join(folder(), '2026-11-20 snowy street (beach).reshoot.json'))
    expect(parseSidecar(text.toString())).toMatchObject({ video: entry.fileName, version: 2 })
  })

  it('gives the first entry when the same job is saved again', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const first = await library.save(finished('job-1'))
    const again = await library.save(finished('job-1'))
    expect(again.id).toBe(first.id)
    expect(readdirSync(folder())).toHaveLength(2)
  })

  it('gives one entry when the same job is saved twice at once', async () => {
    const { open, finished, root } = await setUp()
    const library = open()
    let changes = 0
    library.onChange(() => changes++)
    const edit = finished('job-1')
    const other = path.join(root, 'other.part')
    copyFileSync(edit.resultPath, other)
    const [one, two] = await Promise.all([
      library.save(edit),
      library.save({ ...edit, resultPath: other }),
    ])
    expect(one.id).toBe(two.id)
    expect(library.list(everything)).toHaveLength(1)
    expect(changes).toBe(1)
  })

  it('keeps a result that cannot be read, without its still', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const edit = finished('job-1')
    writeFileSync(edit.resultPath, 'neither clip nor image')
    const entry = await library.save(edit)
    expect(entry).toMatchObject({ duration: 0, width: 0, height: 0, bytes: 22 })
    expect(entry.urls.poster).toBeNull()
    expect(library.list(everything)).toEqual([entry])
  })

  it('keeps a result although ffmpeg is gone, without its still', async () => {
    const media = createMediaTools({ ...testTools, ffmpeg: () => '/nowhere/ffmpeg' })
    const { open, finished, warnings } = await setUp({ media })
    const entry = await open().save(finished('job-1'))
    expect([entry.missing, entry.urls.poster]).toEqual([false, null])
    expect(warnings).toEqual(['No still of a result'])
  })

  it('keeps a copy of a sent clip that lies elsewhere', async () => {
    const { open, finished, root } = await setUp()
    const elsewhere = path.join(root, 'original.mp4')
    const edit = finished('job-1')
    renameSync(edit.sentClipPath ?? '', elsewhere)
    const library = open()
    const { id } = await library.save({ ...edit, sentClipPath: elsewhere })
    expect(readFileSync(library.beforeOf(id) ?? '').equals(readFileSync(elsewhere))).toBe(true)
  })

  it.each<[string, string[], (sent: string) => string | null]>([
    ['was not sent', [], () => null],
    ['has gone', [], (sent) => path.join(sent, 'gone.mp4')],
    ['cannot be copied', ['The sent clip could not be kept'], (sent) => sent],
  ])('a result is saved although its clip %s', async (_, problems, sentClipPath) => {
    const { open, finished, home, warnings } = await setUp()
    const edit = finished('job-1')
    rmSync(edit.sentClipPath ?? '')
    const library = open()
    const entry = await library.save({ ...edit, sentClipPath: sentClipPath(home.sent) })
    expect([entry.missing, entry.urls.before]).toEqual([false, null])
    expect(warnings).toEqual(problems)
    await library.trash([entry.id])
    expect(library.list(everything)).toEqual([])
  })

  it('numbers equal names, also next to other files', async () => {
    const { open, finished, folder } = await setUp()
    mkdirSync(folder(), { recursive: true })
    writeFileSync(path.join(folder(), '2026-11-20 snowy street (beach).mp4'), 'mine')
    const library = open()
    const names = await Promise.all(
      ['a', 'b', 'c'].map(async (id) => (await library.save(finished(id))).fileName),
    )
    expect(names.sort()).toEqual([
      '2026-11-20 snowy street (beach) 2.mp4',
      '2026-11-20 snowy street (beach) 3.mp4',
      '2026-11-20 snowy street (beach) 4.mp4',
    ])
    expect(readFileSync(path.join(folder(), '2026-11-20 snowy street (beach).mp4'), 'utf8')).toBe(
      'mine',
    )
  })

  it('survives a crash between the file and its row', async () => {
    const { open, finished } = await setUp()
    const before = await open().save(finished('job-1'))
    const other = open('lost.db')
    expect(await other.savedFor(testId('job-2'))).toBeNull()
    expect(other.list(everything)).toEqual([])
    expect(await other.savedFor(testId('job-1'))).toMatchObject({ id: before.id })
    expect(other.list(everything)).toHaveLength(1)
  })

  it('survives a crash between the sidecar and the file', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const entry = await library.save(finished('job-1'))
    rmSync(library.pathOf(entry.id) ?? '')
    const other = open('lost.db')
    expect(await other.savedFor(testId('job-1'))).toBeNull()
    expect(readdirSync(folder())).toEqual([])
    await other.save(finished('job-1'))
    expect(readdirSync(folder())).toHaveLength(2)
  })

  it('frees the name when the result cannot be moved', async () => {
    let vanishes = ''
    const newId = () => {
      rmSync(vanishes)
      return 'entry'
    }
    const { open, finished, folder } = await setUp({ newId })
    const edit = finished('job-1')
    vanishes = edit.resultPath
    await expect(open().save(edit)).rejects.toThrow('ENOENT')
    expect(readdirSync(folder())).toEqual([])
  })
})

describe('another folder', () => {
  it('gets new results; the old ones stay', async () => {
    const { open, finished, moveTo, root, folder } = await setUp()
    const library = open()
    const old = await library.save(finished('old'))
    const before = folder()
    moveTo(path.join(root, 'elsewhere'))
    const young = await library.save(finished('young'))
    expect(path.dirname(library.pathOf(old.id) ?? '')).toBe(before)
    expect(path.dirname(library.pathOf(young.id) ?? '')).toBe(path.join(root, 'elsewhere'))
    expect(library.list(everything).every((entry) => !entry.missing)).toBe(true)
  })
})

describe('another process', () => {
  it('reports results that it saves, and nothing else', async () => {
    const { open, finished, clock, root } = await setUp()
    const [window, command] = [open(), open()]
    let changes = 0
    const stop = window.onChange(() => changes++)
    await command.save(finished('a'))
    await clock.advance(2_000)
    expect(changes).toBe(1)
    const jobs = openDatabase(path.join(root, 'reshoot.db'), { migrations, clock })
    jobs.run("INSERT INTO drafts (id, json, updated_at) VALUES ('draft', '{}', 0)")
    jobs.close()
    await clock.advance(2_000)
    expect(changes).toBe(1)
    expect(window.list(everything)).toHaveLength(1)
    stop()
    await command.save(finished('b'))
    await window.save(finished('c'))
    await clock.advance(2_000)
    expect(changes).toBe(1)
  })
})
