import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import type { LibraryOptions } from '../../main/library/library'
import { sidecarSuffix } from '../../main/library/sidecar'
import { createMediaTools } from '../../main/media/create-media-tools'
import { testId } from '../support/test-id'
import { testTools } from '../support/test-tools'
import { everything, setUp, spec } from './a-library'

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

  it.each([
    ['jobId', '../../victim/wedding'],
    ['jobId', '../posters/planted'],
    ['id', 'x/../../../victim/planted'],
    ['id', 'planted'],
    ['setId', '..'],
  ])('does not believe a sidecar whose %s is %j', async (member, id) => {
    const { open, finished, folder, root } = await setUp()
    const library = open()
    const entry = await library.save(finished('one'))
    const victim = path.join(root, 'victim')
    mkdirSync(victim)
    writeFileSync(path.join(victim, 'wedding.mp4'), 'the only copy')
    const own = (library.pathOf(entry.id) ?? '').replace(/\.mp4$/, sidecarSuffix)
    const made: object = JSON.parse(readFileSync(own, 'utf8'))
    writeFileSync(own, JSON.stringify({ ...made, [member]: id }))
    const fresh = open('fresh.db')
    expect(await fresh.rebuild()).toBe(0)
    expect(await fresh.savedFor(id)).toBeNull()
    expect(fresh.list(everything)).toEqual([])
    expect(readdirSync(victim)).toEqual(['wedding.mp4'])
    expect(readdirSync(folder())).toHaveLength(2)
  })

  it('waits for no pipe, and reads no device and no huge file', async () => {
    const { open, finished, folder } = await setUp()
    await open().save(finished('one'))
    const place = (name: string) => path.join(folder(), `${name}${sidecarSuffix}`)
    mkdirSync(place('folder'))
    writeFileSync(place('huge'), ' '.repeat(1024 * 1024 + 1))
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [place('pipe')])
      symlinkSync('/dev/zero', place('device'))
    }
    expect(await open('fresh.db').rebuild()).toBe(1)
  })

  it('adds thousands without holding up other work, and all of them', async () => {
    const { open, finished, folder, root } = await setUp()
    await open().save(finished('one'))
    const [name = ''] = readdirSync(folder()).filter((each) => each.endsWith(sidecarSuffix))
    const text = readFileSync(path.join(folder(), name), 'utf8')
    const made: object = JSON.parse(text)
    for (let at = 0; at < 2_000; at++) {
      const ids = { id: testId(`many-${at}`), jobId: testId(`job-${at}`), video: `${at}.mp4` }
      writeFileSync(
        path.join(folder(), `${at}${sidecarSuffix}`),
        JSON.stringify({ ...made, ...ids }),
      )
      writeFileSync(path.join(folder(), `${at}.mp4`), '')
    }
    let commits = 0
    const counting = openDatabase(path.join(root, 'fresh.db'), { migrations })
    onTestFinished(() => counting.close())
    const database: Database = {
      ...counting,
      transaction: (work) => {
        commits++
        return counting.transaction(work)
      },
    }
    let turns = 0
    const turn = setInterval(() => turns++, 0)
    const media = {
      ...createMediaTools(testTools),
      inspect: () => Promise.reject(new Error('no still')),
    }
    const fresh = open('unused.db', { database, media })
    expect(await fresh.rebuild()).toBe(2_001)
    clearInterval(turn)
    expect(commits).toBe(41)
    expect(turns).toBeGreaterThan(41)
    expect(fresh.list(everything)).toHaveLength(2_001)
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
    writeFileSync(
      file,
      text
        .replaceAll(testId('entry-1'), testId('entry-9'))
        .replaceAll(testId('one'), testId('nine')),
    )
    expect(await library.rebuild()).toBe(0)
    expect(await library.savedFor(testId('nine'))).toBeNull()
  })

  it('adds one of two results of the same job', async () => {
    const { open, finished, folder } = await setUp()
    const library = open()
    const { id } = await library.save(finished('one'))
    const file = library.pathOf(id) ?? ''
    const text = readFileSync(file.replace(/\.mp4$/, sidecarSuffix), 'utf8')
    const copy = path.join(folder(), 'copy')
    copyFileSync(file, `${copy}.mp4`)
    const copied = text
      .replaceAll(testId('entry-1'), testId('entry-9'))
      .replace(path.basename(file), 'copy.mp4')
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
