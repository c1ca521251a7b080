import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { answerFile, pageFile, readMediaUrl } from '../../main/shell/schemes'
import { temporaryFolder } from '../support/temporary-folder'

let folder: string
let clip: string
beforeEach(async () => {
  folder = temporaryFolder()
  clip = path.join(folder, 'clip.MOV')
  await writeFile(clip, Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256)))
})

const ask = (file: string, headers: Record<string, string> = {}, method = 'GET') =>
  answerFile(new Request('https://x.invalid/', { headers, method }), file)

describe('a file served from disk', () => {
  test('is served in part, with the range in the headers', async () => {
    const response = await ask(clip, { range: 'bytes=300-304' })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 300-304/1000')
    expect(response.headers.get('content-type')).toBe('video/mp4')
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([44, 45, 46, 47, 48])
  })

  test('is served completely', async () => {
    const response = await ask(clip)
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(1000)
  })

  test.each([
    ['a range beyond the end', { range: 'bytes=1000-' }, 'GET', 416],
    ['a HEAD request', {}, 'HEAD', 200],
  ])('has no body for %s', async (_name, headers, method, status) => {
    const response = await ask(clip, headers, method)
    expect(response.status).toBe(status)
    expect(response.body).toBeNull()
  })

  test('gives 404 for a missing file and a folder', async () => {
    expect((await ask(path.join(folder, 'none.mp4'))).status).toBe(404)
    expect((await ask(folder)).status).toBe(404)
  })

  test('is closed when the reader cancels', async () => {
    const response = await ask(clip)
    await response.body?.cancel()
    await expect(rm(clip)).resolves.toBeUndefined()
  })
})

describe('the file of a page URL', () => {
  test.each([
    ['reshoot://app/index.html', '/app/out/index.html'],
    ['reshoot://app/', '/app/out/index.html'],
    ['reshoot://app/assets/a%20b.js?x#y', '/app/out/assets/a b.js'],
  ])('%s', (url, expected) => expect(pageFile(url, '/app/out')).toBe(expected))

  test.each([
    'reshoot://app/..%2fmain/index.js',
    'reshoot://app/assets/%2e%2e%2f%2e%2e%2fmain/index.js',
    'reshoot://app/%00',
    'reshoot://app/%zz',
    'reshoot://other/index.html',
    'nonsense',
  ])('is none for %s', (url) => expect(pageFile(url, '/app/out')).toBeNull())

  test.each(['reshoot://app/../main/index.js', 'reshoot://app/%2e%2e/main/index.js'])(
    'is inside the folder, because URLs have no such parts: %s',
    (url) => expect(pageFile(url, '/app/out')).toBe('/app/out/main/index.js'),
  )
})

describe('kind and id of a media URL', () => {
  test.each([
    ['reshoot-media://clip/abc-1_2?v=3', { kind: 'clip', id: 'abc-1_2' }],
    ['reshoot-media://job-poster/a%3Ab', { kind: 'job-poster', id: 'a:b' }],
  ])('%s', (url, expected) => expect(readMediaUrl(url)).toEqual(expected))

  test.each([
    'reshoot-media://clip/',
    'reshoot-media://clip',
    'reshoot-media://clip/a/b',
    'reshoot-media://clip/..%2F..%2Fetc%2Fpasswd',
    'reshoot-media://clip/%2e%2e',
    'reshoot-media://clip/a%5Cb',
    'reshoot-media://clip/a%00b',
    'reshoot://clip/abc',
    'nonsense',
  ])('not %s', (url) => expect(readMediaUrl(url)).toBeNull())
})
