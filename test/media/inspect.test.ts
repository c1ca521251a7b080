import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createMediaTools } from '../../main/media/create-media-tools'
import { checkFile } from '../../main/preflight'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { failing, mediaFolder, tools } from '../support/media-folder'
import { testTools } from '../support/test-tools'

const run = promisify(execFile)

const { folder } = mediaFolder()

describe('a file that is neither clip nor image', () => {
  const write = async (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }

  test.each<[string, string | Buffer, string | null]>([
    ['notes.mp4', 'Just some words.', 'text'],
    ['page.mp4', '<!doctype html><html></html>', 'html'],
    ['paper.jpg', '%PDF-1.7 and so on', 'pdf'],
    ['archive.png', Buffer.from('PK\u0003\u0004 and so on'), 'zip'],
    ['list.mp4', '#EXTM3U\nhttp://example.com/a.ts\n', 'text'],
    ['noise.mp4', Buffer.from([0, 200, 3, 250, 9, 0, 1, 254, 128, 77]), null],
  ])('%s', async (name, content, format) => {
    const found = await tools.inspect(await write(name, content))
    expect(found).toMatchObject({ kind: 'other', format, unreadable: null })
    expect(checkFile(found, name).verdict).toBe('fail')
  })

  test('a gzipped photo', async () => {
    const path = await write('zipped.jpg', await promisify(gzip)(await readFile(await makeImage())))
    expect(failing(await tools.inspect(path), path)).toEqual(['format'])
  })

  test('an empty or missing file', async () => {
    expect(await tools.inspect(await write('empty.mp4', ''))).toMatchObject({
      kind: 'other',
      unreadable: 'empty',
    })
    expect(await tools.inspect(join(folder, 'nowhere.mp4'))).toMatchObject({
      unreadable: 'missing',
    })
    expect(await tools.inspect(join(folder, 'empty.mp4', 'inside.mp4'))).toMatchObject({
      unreadable: 'missing',
    })
  })

  test('a folder, and a link to one', async () => {
    const path = join(folder, 'folder.mp4')
    await mkdir(path)
    await symlink(path, join(folder, 'link.mp4'))
    expect(await tools.inspect(path)).toMatchObject({ unreadable: 'not-a-file' })
    expect(await tools.inspect(join(folder, 'link.mp4'))).toMatchObject({
      unreadable: 'not-a-file',
    })
  })

  test.skipIf(process.platform === 'win32')(
    'a pipe that nobody writes to, and a device',
    async () => {
      const path = join(folder, 'pipe.mp4')
      await run('mkfifo', [path])
      expect(await tools.inspect(path)).toMatchObject({ unreadable: 'not-a-file' })
      expect(await tools.inspect('/dev/zero')).toMatchObject({ unreadable: 'not-a-file' })
    },
  )

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file that may not be read',
    async () => {
      const path = await write('secret.mp4', 'secret')
      await chmod(path, 0)
      expect(await tools.inspect(path)).toMatchObject({ unreadable: 'denied' })
    },
  )

  test('an MP4 whose boxes declare wrong sizes', async () => {
    const path = join(folder, 'liar.mp4')
    await copyFile(await makeClip({ faststart: true }), path)
    const bytes = await readFile(path)
    bytes.writeUInt32BE(0xfffffff0, bytes.indexOf('stts') + 8)
    await writeFile(path, bytes)
    expect((await tools.inspect(path)).kind).toBe('video')
    await truncate(path, 40)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', complete: false })
  })
})

test('an ffprobe that never answers is stopped', async () => {
  const path = join(folder, 'sleepy')
  await writeFile(path, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
  const sleepy = createMediaTools({ ...testTools, ffprobe: () => path })
  const clip = await makeClip()
  await expect(sleepy.inspect(clip, { signal: AbortSignal.timeout(300) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

test('a missing ffprobe is an error of its own, not a bad file', async () => {
  const broken = createMediaTools({ ...testTools, ffprobe: () => '/nowhere/ffprobe' })
  await expect(broken.inspect(await makeClip())).rejects.toMatchObject({
    text: { key: 'media.tool-missing' },
  })
})

test('tools report their version, and other executables are refused', async () => {
  await expect(tools.version('ffprobe', testTools.ffprobe())).resolves.toMatch(/^4\.0/)
  await expect(tools.version('ffmpeg', testTools.ffmpeg())).resolves.not.toBe('')
  await expect(tools.version('ffmpeg', testTools.ffprobe())).rejects.toMatchObject({
    text: { key: 'media.tool-wrong' },
  })
  await expect(tools.version('ffmpeg', process.execPath)).rejects.toMatchObject({
    text: { key: 'media.tool-wrong' },
  })
  await expect(tools.version('ffmpeg', '/nowhere')).rejects.toMatchObject({
    text: { key: 'media.tool-missing' },
  })
})
