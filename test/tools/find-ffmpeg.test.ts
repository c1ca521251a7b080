import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import {
  chooseFfmpeg,
  createFfmpegSearch,
  type Examined,
  existing,
  ffmpegPlaces,
} from '../../main/tools/find-ffmpeg'
import { temporaryFolder } from '../support/temporary-folder'

const one = (path: string, more: Partial<Examined> = {}): Examined => ({
  path,
  identity: `${path}:1`,
  version: '7.1',
  library: [59, 39, 100],
  lacks: [],
  fault: null,
  ...more,
})

const release = {
  4.4: { version: '4.4.2', library: [56, 70, 100] },
  snapshot: { version: 'N-103000-gabc', library: [57, 16, 100] },
  5: { version: '5.0', library: [57, 17, 100] },
  5.1: { version: '5.1.9-0+deb12u1', library: [57, 28, 100] },
  7.1: { version: 'n7.1', library: [59, 39, 100] },
  git: { version: 'N-121000-gdef', library: [60, 3, 100] },
}

describe('the choice among the ffmpegs of a computer', () => {
  test.each<[string, Examined[], chosen: string | null, not: [string, string, string][]]>([
    ['none', [], null, []],
    ['one that can do everything', [one('/a')], '/a', []],
    ['the oldest that may be used', [one('/a', release[5])], '/a', []],
    ['one just too old', [one('/a', release.snapshot)], null, [['/a', 'old', '']]],
    ['one too old', [one('/a', release[4.4])], null, [['/a', 'old', '']]],
    [
      'the newest, wherever it is',
      [one('/a', release[5.1]), one('/b', release[7.1]), one('/c', release[5])],
      '/b',
      [],
    ],
    ['a build between releases', [one('/a', release[7.1]), one('/b', release.git)], '/b', []],
    ['the first of equals', [one('/a', release[5.1]), one('/b', release[5.1])], '/a', []],
    [
      'an older one that can do everything',
      [
        one('/a', { ...release[7.1], lacks: ['libx264', 'zscale'] }),
        one('/b', { ...release.git, fault: 'no path between colorspaces' }),
        one('/c', release[5.1]),
      ],
      '/c',
      [
        ['/a', 'lacks', 'libx264, zscale'],
        ['/b', 'failed', 'no path between colorspaces'],
      ],
    ],
    [
      'none that starts',
      [one('/a', { version: null, library: [], fault: 'exit code 127' })],
      null,
      [['/a', 'failed', 'exit code 127']],
    ],
  ])('%s', (_, candidates, chosen, not) => {
    const choice = chooseFfmpeg(candidates)
    expect(choice.found?.path ?? null).toBe(chosen)
    expect(choice.passedOver.map(({ path, why, detail }) => [path, why, detail])).toEqual(not)
  })
})

describe('the places', () => {
  test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string[]]>([
    [
      'linux',
      { PATH: '/usr/bin:relative::/usr/bin:/opt/x/', HOME: '/home/mira' },
      [
        '/usr/bin/ffmpeg',
        '/opt/x/ffmpeg',
        '/home/mira/.local/bin/ffmpeg',
        '/home/linuxbrew/.linuxbrew/bin/ffmpeg',
        '/snap/bin/ffmpeg',
      ],
    ],
    [
      'darwin',
      { PATH: '/usr/bin:/usr/local/bin' },
      [
        '/usr/bin/ffmpeg',
        '/usr/local/bin/ffmpeg',
        '/opt/homebrew/bin/ffmpeg',
        '/opt/local/bin/ffmpeg',
      ],
    ],
    [
      'win32',
      { Path: '"D:\\my tools";C:\\Windows', LOCALAPPDATA: 'C:\\L', SystemDrive: 'C:' },
      [
        'D:\\my tools\\ffmpeg.exe',
        'C:\\Windows\\ffmpeg.exe',
        'C:\\L\\Microsoft\\WinGet\\Links\\ffmpeg.exe',
        'C:\\ffmpeg\\bin\\ffmpeg.exe',
      ],
    ],
  ])('on %s', (platform, env, places) => {
    expect(ffmpegPlaces(platform, env)).toEqual(places)
  })

  test.skipIf(process.platform === 'win32')(
    'count only if an executable file is there',
    async () => {
      const folder = temporaryFolder()
      const [tool, link, text, missing, inside] = ['a', 'b', 'c', 'd', 'e'].map((name) =>
        join(folder, name),
      )
      writeFileSync(String(tool), '', { mode: 0o755 })
      symlinkSync(String(tool), String(link))
      writeFileSync(String(text), '', { mode: 0o644 })
      mkdirSync(String(inside))
      const places = [link, tool, text, missing, inside].map(String)
      // The link comes first, and the file behind it is the same.
      expect(await existing(places)).toEqual([link])
    },
  )
})

describe('the search', () => {
  const computer = (file = join(temporaryFolder(), 'tools.json')) => {
    const files = new Map<string, Partial<Examined> & { lasting?: boolean }>()
    const stamps = new Map<string, string>()
    const examinations: string[] = []
    const open = (start?: Promise<unknown>) =>
      createFfmpegSearch({
        file,
        places: async () => [...files.keys()],
        identity: (path) => `${path}:${stamps.get(path) ?? '1'}`,
        examine: async (path) => {
          examinations.push(path)
          const { path: _, identity: __, ...outcome } = one(path)
          return { ...outcome, lasting: true, ...files.get(path) }
        },
        ...(start ? { start } : {}),
      })
    return { file, files, stamps, examinations, open }
  }

  it('tries each executable once, also over several starts', async () => {
    const { files, open, examinations } = computer()
    files.set('/a', release[5.1]).set('/b', release[4.4])
    expect((await open().search()).found?.path).toBe('/a')
    const later = open()
    expect(later.known().found?.path).toBe('/a')
    await later.settle()
    await later.search()
    expect(examinations).toEqual(['/a', '/b'])
    expect(later.known().passedOver).toMatchObject([{ path: '/b', why: 'old' }])
  })

  it('tries a replaced executable again', async () => {
    const { files, stamps, open, examinations } = computer()
    files.set('/a', release[5.1])
    const search = open()
    await search.settle()
    stamps.set('/a', '2')
    files.set('/a', { ...release[7.1], fault: 'broken' })
    expect(open().known().found).toBeNull()
    await search.settle()
    expect(search.known()).toMatchObject({ found: null, passedOver: [{ why: 'failed' }] })
    expect(examinations).toEqual(['/a', '/a'])
  })

  it('forgets what is gone, and finds what was installed meanwhile', async () => {
    const { files, open } = computer()
    files.set('/a', release[5.1])
    const search = open()
    await search.search()
    files.delete('/a')
    files.set('/b', release[5])
    expect((await search.search()).found?.path).toBe('/b')
    expect(open().known().found?.path).toBe('/b')
  })

  it('starts nothing until it is asked, and waits for the window', async () => {
    const { files, open, examinations } = computer()
    files.set('/a', release[7.1])
    const { promise, resolve } = Promise.withResolvers<void>()
    const search = open(promise)
    expect(search.known()).toEqual({ found: null, passedOver: [] })
    const settled = search.settle()
    await new Promise(setImmediate)
    expect(examinations).toEqual([])
    resolve()
    await settled
    expect(search.known().found?.path).toBe('/a')
  })

  it('runs once for all that wait', async () => {
    const { files, open, examinations } = computer()
    files.set('/a', {})
    const search = open()
    await Promise.all([search.settle(), search.search(), search.settle()])
    expect(examinations).toEqual(['/a'])
  })

  it('remembers no failure that may pass', async () => {
    const { files, open, examinations } = computer()
    files.set('/a', { fault: 'no answer within 5 s', lasting: false })
    expect((await open().search()).found).toBeNull()
    files.set('/a', {})
    expect((await open().search()).found?.path).toBe('/a')
    expect(examinations).toEqual(['/a', '/a'])
  })

  it('tries what may have passed again when it is asked to look again', async () => {
    const { files, open, examinations } = computer()
    files.set('/a', { fault: 'no answer within 5 s', lasting: false })
    const search = open()
    await search.settle()
    await search.settle()
    expect(examinations).toEqual(['/a'])
    await search.search()
    expect(open().known()).toEqual({ found: null, passedOver: [] })
    files.set('/a', {})
    expect((await search.search()).found?.path).toBe('/a')
    expect(examinations).toEqual(['/a', '/a', '/a'])
  })

  it('ignores a file that it cannot understand, and makes no folder', async () => {
    const { file, files, open } = computer()
    files.set('/a', {})
    writeFileSync(file, '[{"path":7}]')
    expect(open().known().found).toBeNull()
    expect((await open().search()).found?.path).toBe('/a')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([{ path: '/a' }])
    const nowhere = computer(join(temporaryFolder(), 'home', 'tools.json'))
    nowhere.files.set('/a', {})
    expect((await nowhere.open().search()).found?.path).toBe('/a')
    expect(() => readFileSync(nowhere.file)).toThrow('ENOENT')
  })
})
