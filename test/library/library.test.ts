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
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import type { JobSpec } from '../../main/edits/job-spec'
import type { FinishedEdit } from '../../main/library/library'
import { createLibrary, type LibraryOptions } from '../../main/library/library'
import { parseSidecar, sidecarSuffix } from '../../main/library/sidecar'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import { editOptions, type ProviderId } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'
import { createVirtualClock } from '../support/virtual-clock'

vi.mock('../../main/files/atomic', async (original) => {
  const module = await original<typeof import('../../main/files/atomic')>()
  const copyAtomically: typeof module.copyAtomically = async (from, to) => {
    if (to.endsWith('on a full disk.mp4')) throw Object.assign(new Error(), { code: 'ENOSPC' })
    await module.copyAtomically(from, to)
  }
  return { ...module, copyAtomically }
})

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

const setUp = async (changes: Partial<LibraryOptions> = {}) => {
  const root = temporaryFolder()
  const home = { posters: path.join(root, 'posters'), sent: path.join(root, 'sent') }
  for (const each of Object.values(home)) mkdirSync(each)
  const clip = await makeClip({ seconds: 2 })
  const clock = createVirtualClock()
  const trashed: string[] = []
  const warnings: string[] = []
  let chosen = path.join(root, 'Videos', 'Reshoot')
  let ids = 0
  const open = (file = 'reshoot.db') => {
    const database = openDatabase(path.join(root, file), { migrations, clock })
    onTestFinished(() => database.close())
    return createLibrary({
      database,
      folder: () => chosen,
      home,
      media: createMediaTools(testTools),
      trash: async (each) => {
        trashed.push(path.basename(each))
        rmSync(each)
      },
      providerName: (id) => (id === 'dashscope' ? 'Alibaba Model Studio' : id),
      posterUrl: (mediaId) => `still-of-${mediaId}`,
      clock,
      newId: () => `entry-${++ids}`,
      log: { ...silentLog, warn: (message) => warnings.push(message) },
      ...changes,
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
    warnings,
    home,
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
        video: expect.stringContaining('://result/entry-1?'),
        before: expect.stringContaining('://before/entry-1?'),
        poster: expect.stringContaining('://result-poster/entry-1?'),
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
    expect(await other.savedFor('job-2')).toBeNull()
    expect(other.list(everything)).toEqual([])
    expect(await other.savedFor('job-1')).toMatchObject({ id: before.id })
    expect(other.list(everything)).toHaveLength(1)
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

  it('reports new rows, and makes the stills that are missing', async () => {
    const { open, finished, home } = await setUp()
    const { id } = await open().save(finished('one'))
    let changes = 0
    const rebuild = async (file: string) => {
      const fresh = open(file)
      fresh.onChange(() => changes++)
      await fresh.rebuild()
      return fresh
    }
    const fresh = await rebuild('fresh.db')
    expect(changes).toBe(1)
    await fresh.rebuild()
    expect(changes).toBe(1)
    for (const still of readdirSync(home.posters)) rmSync(path.join(home.posters, still))
    const again = await rebuild('again.db')
    expect(again.get(id)?.urls.poster).not.toBeNull()
    expect(changes).toBe(3)
  })

  it('stops when it is told to, without a complaint', async () => {
    const controller = new AbortController()
    let stills = 0
    const media: LibraryOptions['media'] = {
      ...createMediaTools(testTools),
      poster: async (_file, _facts, _output, { signal } = {}) => {
        if (!signal) return false
        stills++
        controller.abort()
        throw signal.reason
      },
    }
    const { open, finished, warnings } = await setUp({ media })
    const library = open()
    for (const id of ['one', 'two']) await library.save(finished(id))
    const { signal } = controller
    expect(await open('fresh.db').rebuild(signal)).toBe(2)
    expect(stills).toBe(1)
    const late = open('late.db')
    expect(await late.rebuild(signal)).toBe(0)
    expect(late.list(everything)).toEqual([])
    expect(warnings).toEqual([])
  })

  it('adds a file once, whatever its sidecar says by now', async () => {
    const { open, finished } = await setUp()
    const library = open()
    const { id } = await library.save(finished('one'))
    const file = (library.pathOf(id) ?? '').replace(/\.mp4$/, sidecarSuffix)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"entry-1"', '"entry-9"').replace('"one"', '"nine"'))
    expect(await library.rebuild()).toBe(0)
    expect(await library.savedFor('nine')).toBeNull()
  })

  it('adds one of two results of the same job', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const { id } = await library.save(finished('one'))
    const file = library.pathOf(id) ?? ''
    const text = readFileSync(file.replace(/\.mp4$/, sidecarSuffix), 'utf8')
    const copy = path.join(folder(), 'copy')
    copyFileSync(file, `${copy}.mp4`)
    const copied = text.replace('"entry-1"', '"entry-9"').replace(path.basename(file), 'copy.mp4')
    writeFileSync(`${copy}${sidecarSuffix}`, copied)
    expect(await open('fresh.db').rebuild()).toBe(1)
  })

  it('refuses a folder that is none', async () => {
    const { open, moveTo } = await setUp()
    moveTo(import.meta.filename)
    await expect(open().rebuild()).rejects.toThrow('ENOTDIR')
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
      cause: { code: 'ENOENT' },
    })
    const full = path.join(root, 'on a full disk.mp4')
    await expect(library.copyTo(entry.id, full)).rejects.toMatchObject({
      text: { key: 'result.copyFailed', values: { name: entry.fileName, folder: root } },
      action: 'free-space',
    })
    await expect(library.copyTo('nobody', target)).rejects.toMatchObject({
      name: 'LibraryError',
      text: { key: 'result.notFound' },
      action: 'none',
    })
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

  it('finds the sidecar by the whole name, and does without one', async () => {
    const { open, finished, trashed, warnings } = await setUp()
    const library = open()
    const one = await library.save(finished('a', spec('like a.mp4 of mine')))
    const two = await library.save(finished('b'))
    rmSync((library.pathOf(two.id) ?? '').replace(/\.mp4$/, sidecarSuffix))
    let changes = 0
    library.onChange(() => changes++)
    await library.trash([one.id, two.id])
    expect(trashed).toEqual([
      '2026-11-20 like a.mp4 of mine (beach).mp4',
      '2026-11-20 like a.mp4 of mine (beach).reshoot.json',
      two.fileName,
    ])
    expect([changes, warnings]).toEqual([1, []])
  })

  it.each([
    ['.mp4', 'refuses', 1, []],
    [sidecarSuffix, 'resolves', 0, ['A sidecar could not be moved to the trash']],
  ])('trashing %s without a trash %s', async (ending, _, left, problems) => {
    const trash = async (file: string) => {
      if (file.endsWith(ending)) throw new Error('no trash here')
      rmSync(file)
    }
    const { open, finished, warnings } = await setUp({ trash })
    const library = open()
    const { id, fileName } = await library.save(finished('a'))
    let changes = 0
    library.onChange(() => changes++)
    const trashed = library.trash([id])
    if (left === 0) await trashed
    else
      await expect(trashed).rejects.toMatchObject({
        text: { key: 'result.trashFailed', values: { name: fileName } },
        action: 'none',
        cause: { message: 'no trash here' },
      })
    expect(library.list(everything)).toHaveLength(left)
    expect([warnings, changes]).toEqual([problems, 1])
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
