import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { copyFile, cp, readFile, rename, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMediaTools } from '../../main/media/create-media-tools'
import { openKnownFacts } from '../../main/media/known-facts'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { temporaryFolder } from '../support/temporary-folder'
import { testTools } from '../support/test-tools'

/** The test's files are new; a minute later they may be kept. */
const later = () => Date.now() + 60_000

/** Media tools over a home, and how often they have started ffprobe. */
const opened = (
  home: string,
  { now = later, limit }: { now?: () => number; limit?: number } = {},
) => {
  let probes = 0
  const ffprobe = () => {
    probes += 1
    return testTools.ffprobe()
  }
  const file = join(home, 'facts.jsonl')
  const known = openKnownFacts(file, now, limit)
  const { inspect } = createMediaTools({ ...testTools, ffprobe }, undefined, known)
  /** The facts, and whether the file was measured for them: the tool is asked for once more then. */
  const look = async (path: string, work = {}) => {
    const before = probes
    const facts = await inspect(path, work)
    return { facts, measured: probes - before > 1 }
  }
  return { file, look }
}

const aClip = async () => {
  const path = join(temporaryFolder(), 'clip.mp4')
  await copyFile(await makeClip(), path)
  return path
}

describe('a file that was measured before', () => {
  test('is not measured again, by this process and by the next one', async () => {
    const home = temporaryFolder()
    const path = await aClip()
    const first = opened(home)
    const { facts, measured } = await first.look(path)
    expect(measured).toBe(true)
    expect(await first.look(path)).toEqual({ facts, measured: false })
    expect(await opened(home).look(path)).toEqual({ facts, measured: false })
    const image = await makeImage({ width: 640, height: 480 })
    expect((await opened(home).look(image)).facts).toEqual((await opened(home).look(image)).facts)
  })

  test('is known to a process that runs already', async () => {
    const home = temporaryFolder()
    const path = await aClip()
    const [one, other] = [opened(home), opened(home)]
    await one.look(await aClip())
    await other.look(path)
    expect((await one.look(path)).measured).toBe(false)
  })

  test.each([
    ['its content', (path: string) => appendFileSync(path, 'more')],
    ['its time', async (path: string) => await utimes(path, 1, 1)],
    [
      'its content, with its old size and time',
      async (path: string) => {
        const { atime, mtime } = statSync(path)
        const bytes = await readFile(path)
        writeFileSync(path, bytes.fill(0, 200))
        await utimes(path, atime, mtime)
      },
    ],
    [
      'the file itself, with its old size and time',
      async (path: string) => {
        await cp(path, `${path}.new`, { preserveTimestamps: true })
        await rename(`${path}.new`, path)
      },
    ],
  ])('is measured again after a change of %s', async (_what, change) => {
    const home = temporaryFolder()
    const path = await aClip()
    await opened(home).look(path)
    await change(path)
    expect((await opened(home).look(path)).measured).toBe(true)
  })

  test('is measured again on request, with another tool, and where frames are to be decoded', async () => {
    const home = temporaryFolder()
    const path = await aClip()
    await opened(home).look(path)
    expect((await opened(home).look(path, { again: true })).measured).toBe(true)
    const decoded = await opened(home).look(path, { decode: true })
    expect(decoded).toMatchObject({ measured: true, facts: { framesDecode: true } })
    expect((await opened(home).look(path)).facts).not.toHaveProperty('framesDecode')
    const other = join(temporaryFolder(), 'ffprobe')
    await copyFile(testTools.ffprobe(), other)
    const tools = { ...testTools, ffprobe: () => other }
    const file = join(home, 'facts.jsonl')
    const before = statSync(file).size
    await createMediaTools(tools, undefined, openKnownFacts(file, later)).inspect(path)
    expect(statSync(file).size).toBeGreaterThan(before)
  })

  test('is measured again if it was written a moment before: its disk may not tell two moments apart', async () => {
    const home = temporaryFolder()
    const path = await aClip()
    const justNow = () => statSync(path).ctimeMs + 1_000
    await opened(home, { now: justNow }).look(path)
    expect((await opened(home).look(path)).measured).toBe(true)
  })
})

describe('the file of what is known', () => {
  test('is not made where there is no home', async () => {
    const home = join(temporaryFolder(), 'nowhere')
    const { look } = opened(home)
    expect((await look(await aClip())).facts.kind).toBe('video')
    expect(existsSync(home)).toBe(false)
  })

  test('may be damaged anywhere: what is left is used, and new lines are kept', async () => {
    const home = temporaryFolder()
    const [one, other] = [await aClip(), await aClip()]
    const { file, look } = opened(home)
    await look(one)
    const whole = await readFile(file, 'utf8')
    await look(other)
    const facts = (await look(one)).facts
    // The line of the other file was cut off while it was written.
    writeFileSync(file, (await readFile(file)).subarray(0, -40))
    expect(await opened(home).look(one)).toEqual({ facts, measured: false })
    expect((await opened(home).look(other)).measured).toBe(true)
    expect((await opened(home).look(other)).measured).toBe(false)
    for (const broken of [
      '',
      '\0\0\0\n\t\n{',
      whole.replaceAll('"kind":"video"', '"kind":"film"'),
    ]) {
      writeFileSync(file, broken)
      expect(await opened(home).look(one)).toEqual({ facts, measured: true })
    }
  })

  test('is only for the user, and starts anew when it is too long', async () => {
    const home = temporaryFolder()
    const path = await aClip()
    const { file, look } = opened(home, { limit: 3_000 })
    await look(path)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    appendFileSync(file, ' '.repeat(3_000))
    expect((await look(path)).measured).toBe(true)
    expect(statSync(file).size).toBeLessThan(3_000)
    expect((await look(path)).measured).toBe(false)
  })
})
