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
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import type { JobSpec } from '../../main/edits/job-spec'
import type { FinishedEdit } from '../../main/library/library'
import { createLibrary } from '../../main/library/library'
import { parseSidecar, sidecarSuffix } from '../../main/library/sidecar'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import { bundledTools } from '../../main/tools/tool-paths'
import { editOptions } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'
import { createVirtualClock } from '../support/virtual-clock'

const everything = { words: '', providers: [] }

const spec = (prompt: string, change: Partial<JobSpec> = {}): JobSpec => ({
  mode: 'edit',
  provider: 'dashscope',
  prompt,
  negativePrompt: '',
  files: [
    {
      role: 'clip',
      mediaId: 'media-1',
      path: '/somewhere/beach.mp4',
      name: 'beach.mp4',
      bytes: 1,
      modifiedAt: 1,
      fix: { remedies: [], background: '#000000' },
      selection: { start: 1, end: 3 },
    },
  ],
  options: editOptions.parse({ seed: 7 }),
  estimate: null,
  ...change,
})

const setUp = async () => {
  const root = temporaryFolder()
  const home = { posters: path.join(root, 'posters'), sent: path.join(root, 'sent') }
  for (const each of Object.values(home)) mkdirSync(each)
  const clip = await makeClip({ seconds: 2 })
  const clock = createVirtualClock()
  const trashed: string[] = []
  let chosen = path.join(root, 'Videos', 'Reshoot')
  let ids = 0
  const open = (file = 'reshoot.db') => {
    const database = openDatabase(path.join(root, file), { migrations, clock })
    onTestFinished(() => database.close())
    return createLibrary({
      database,
      folder: () => chosen,
      home,
      media: createMediaTools(bundledTools),
      trash: async (each) => {
        trashed.push(path.basename(each))
        rmSync(each)
      },
      providerName: (id) => (id === 'dashscope' ? 'Alibaba Model Studio' : id),
      posterUrl: () => null,
      clock,
      newId: () => `entry-${++ids}`,
      log: silentLog,
    })
  }
  const finished = (jobId: string, of = spec('snowy street')): FinishedEdit => {
    const resultPath = path.join(root, `${jobId}.part`)
    const sentClipPath = path.join(home.sent, `${jobId}.mp4`)
    copyFileSync(clip, resultPath)
    copyFileSync(clip, sentClipPath)
    return {
      jobId,
      setId: `set-of-${jobId}`,
      spec: of,
      model: 'wan2.7-videoedit',
      submittedAt: clock.now() - 60_000,
      taskId: 'task-1',
      requestId: null,
      billed: null,
      resultPath,
      sentClipPath,
    }
  }
  return {
    root,
    clock,
    open,
    finished,
    trashed,
    moveTo: (folder: string) => {
      chosen = folder
    },
    folder: () => chosen,
  }
}

describe('a folder that cannot be created', () => {
  it.each(['/proc/nope/library', path.join(import.meta.filename, 'inside')])(
    '%s is an error, not a hang',
    async (folder) => {
      const { open, moveTo } = await setUp()
      moveTo(folder)
      expect(() => open().folder()).toThrow(/E[A-Z]+/)
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
      jobId: 'job-1',
      fileName: '2026-11-20 snowy street (beach).mp4',
      duration: 2,
      width: 320,
      height: 240,
      missing: false,
      files: [{ role: 'clip', name: 'beach.mp4', selection: { start: 1, end: 3 } }],
      urls: {
        before: expect.stringContaining('before'),
        poster: expect.stringContaining('poster'),
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
    expect(await other.savedFor('job-1')).toMatchObject({ id: before.id })
    expect(other.list(everything)).toHaveLength(1)
    expect(await other.savedFor('job-2')).toBeNull()
  })

  it('survives a crash between the sidecar and the file', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const entry = await library.save(finished('job-1'))
    rmSync(library.pathOf(entry.id) ?? '')
    const other = open('lost.db')
    expect(await other.savedFor('job-1')).toBeNull()
    expect(readdirSync(folder())).toEqual([])
    await other.save(finished('job-1'))
    expect(readdirSync(folder())).toHaveLength(2)
  })

  it('frees the name when the result cannot be moved', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const edit = finished('job-1')
    renameSync(edit.resultPath, `${edit.resultPath}.gone`)
    await expect(library.save(edit)).rejects.toThrow()
    expect(readdirSync(folder())).toEqual([])
  })
})

describe('finding', () => {
  it.each([
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
    ['100%_', 1],
    ["'; DROP TABLE library; --", 0],
  ])('%j finds %i', async (words, count) => {
    const { open, finished } = await setUp()
    const library = open()
    await library.save(finished('a', spec('snowy street')))
    const chinese = spec('把街道变成雪景')
    for (const file of chinese.files) file.name = '海滩.mp4'
    await library.save(finished('b', chinese))
    await library.save(finished('c', spec('Café at 100%_ night', { negativePrompt: 'blur' })))
    expect(library.list({ words, providers: [] })).toHaveLength(count)
    expect(library.list({ words, providers: ['sandbox'] })).toEqual([])
    expect(library.list({ words, providers: ['sandbox', 'dashscope'] })).toHaveLength(count)
  })

  it('accepts a whole prompt as a search, however long', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const prompt = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(' ')
    await library.save(finished('long', spec(prompt)))
    await library.save(finished('short', spec('word1')))
    const found = library.list({ words: prompt, providers: [] })
    expect(found.map((entry) => entry.jobId)).toEqual(['long'])
  })

  it('shows the newest first', async () => {
    const { open, finished, clock } = await setUp()
    const library = open()
    await library.save(finished('old'))
    await clock.advance(1_000)
    await library.save(finished('new'))
    expect(library.list(everything).map((entry) => entry.jobId)).toEqual(['new', 'old'])
  })

  it('marks missing files', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const entry = await library.save(finished('a'))
    rmSync(library.pathOf(entry.id) ?? '')
    expect(library.get(entry.id)?.missing).toBe(true)
    await expect(library.copyTo(entry.id, '/tmp/never.mp4')).rejects.toThrow('result.missing')
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

describe('rebuilding', () => {
  it('restores every result from its sidecar, also renamed ones, and skips invalid files', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const one = await library.save(finished('one', spec('first')))
    const two = await library.save(finished('two', spec('second')))
    const gone = await library.save(finished('gone', spec('third')))
    rmSync(library.pathOf(gone.id) ?? '')
    const renamed = path.join(folder(), 'my own name')
    const file = library.pathOf(two.id) ?? ''
    renameSync(file, `${renamed}.mp4`)
    renameSync(file.replace(/\.mp4$/, sidecarSuffix), `${renamed}${sidecarSuffix}`)
    writeFileSync(path.join(folder(), `torn${sidecarSuffix}`), '{"format":"reshoot.result",')
    writeFileSync(path.join(folder(), `other${sidecarSuffix}`), '[]')
    const fresh = open('fresh.db')
    expect(await fresh.rebuild()).toBe(2)
    expect(await fresh.rebuild()).toBe(0)
    const again = open('again.db')
    expect(await Promise.all([again.rebuild(), again.rebuild()])).toEqual([2, 2])
    expect(fresh.get(one.id)).toEqual(one)
    expect(fresh.get(two.id)).toMatchObject({ fileName: 'my own name.mp4', prompt: 'second' })
    expect(fresh.list({ words: 'second', providers: [] })).toHaveLength(1)
  })

  it('does not leave the folder, whatever a sidecar contains', async () => {
    const { open, finished, folder, root } = await setUp()
    const library = open()
    const entry = await library.save(finished('one'))
    const file = (library.pathOf(entry.id) ?? '').replace(/\.mp4$/, sidecarSuffix)
    const text = readFileSync(file, 'utf8').replace(entry.fileName, '../../secret.mp4')
    writeFileSync(file, text)
    writeFileSync(path.join(root, 'secret.mp4'), 'secret')
    const fresh = open('fresh.db')
    await fresh.rebuild()
    for (const found of fresh.list(everything))
      expect(path.dirname(fresh.pathOf(found.id) ?? '')).toBe(folder())
  })

  it('does nothing without a folder', async () => {
    const { open } = await setUp()
    expect(await open().rebuild()).toBe(0)
  })
})

describe('copying and trashing', () => {
  it('copies all or nothing, and replaces an existing file', async () => {
    const { open, finished, root } = await setUp()
    const library = open()
    const entry = await library.save(finished('a'))
    const source = library.pathOf(entry.id) ?? ''
    const target = path.join(root, 'copy.mp4')
    writeFileSync(target, 'old')
    await library.copyTo(entry.id, target)
    expect(readFileSync(target).equals(readFileSync(source))).toBe(true)
    await library.copyTo(entry.id, source)
    expect(readFileSync(source).length).toBeGreaterThan(1_000)
    await expect(library.copyTo(entry.id, path.join(root, 'no', 'x.mp4'))).rejects.toMatchObject({
      text: { key: 'result.copyFailed', values: { code: 'ENOENT' } },
      action: 'choose-folder',
    })
    await expect(library.copyTo('nobody', target)).rejects.toThrow('result.notFound')
  })

  it('trashes result and sidecar, and removes the entry', async () => {
    const { open, finished, trashed, folder, root } = await setUp()
    const library = open()
    const [one, two] = [await library.save(finished('a')), await library.save(finished('b'))]
    await library.trash([one.id])
    expect(trashed).toEqual([one.fileName, one.fileName.replace('.mp4', sidecarSuffix)])
    expect(library.list(everything).map((entry) => entry.id)).toEqual([two.id])
    expect(readdirSync(folder())).toHaveLength(2)
    expect(readdirSync(path.join(root, 'sent'))).toEqual(['b.mp4'])
    rmSync(library.pathOf(two.id) ?? '')
    await library.trash([two.id])
    expect(library.list(everything)).toEqual([])
    await expect(library.trash(['nobody'])).rejects.toThrow('result.notFound')
  })
})

describe('another process', () => {
  it('reports results that it saves', async () => {
    const { open, finished, clock } = await setUp()
    const [window, command] = [open(), open()]
    let changes = 0
    window.onChange(() => changes++)
    await command.save(finished('a'))
    await clock.advance(2_000)
    expect(changes).toBe(1)
    await clock.advance(2_000)
    expect(changes).toBe(1)
    expect(window.list(everything)).toHaveLength(1)
  })
})
