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

describe('a file answered from disk', () => {
  test('a part has exactly its bytes and says where they lie', async () => {
    const response = await ask(clip, { range: 'bytes=300-304' })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 300-304/1000')
    expect(response.headers.get('content-type')).toBe('video/mp4')
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([44, 45, 46, 47, 48])
  })

  test('all of it', async () => {
    const response = await ask(clip)
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(1000)
  })

  test.each([
    ['beyond the end', { range: 'bytes=1000-' }, 'GET', 416],
    ['HEAD', {}, 'HEAD', 200],
  ])('%s has no body', async (_name, headers, method, status) => {
    const response = await ask(clip, headers, method)
    expect(response.status).toBe(status)
    expect(response.body).toBeNull()
  })

  test('a missing file and a folder are not there', async () => {
    expect((await ask(path.join(folder, 'none.mp4'))).status).toBe(404)
    expect((await ask(folder)).status).toBe(404)
  })

  test('a reader that goes away frees the file', async () => {
    const response = await ask(clip)
    await response.body?.cancel()
    await expect(rm(clip)).resolves.toBeUndefined()
  })
})

describe('the file behind an address of the page', () => {
  test.each([
    ['reshoot://app/index.html', '/app/out/index.html'],
    ['reshoot://app/', '/app/out/index.html'],
    ['reshoot://app/assets/a%20b.js?x#y', '/app/out/assets/a b.js'],
  ])('%s', (url, expected) => expect(pageFile(url, '/app/out')).toBe(expected))

  test.each([
    'reshoot://app/../main/index.js',
    'reshoot://app/%2e%2e/main/index.js',
    'reshoot://app/..%2fmain/index.js',
    'reshoot://app/assets/%2e%2e%2f%2e%2e%2fmain/index.js',
    'reshoot://app/%00',
    'reshoot://app/%zz',
    'reshoot://other/index.html',
    'nonsense',
  ])('nothing outside: %s', (url) => {
    const file = pageFile(url, '/app/out')
    // The URL parser itself folds plain dots: what is left lies inside, all else is refused.
    expect(file === null || file.startsWith('/app/out/')).toBe(true)
    expect(file).not.toBe('/app/main/index.js')
  })
})

describe('an address of a clip', () => {
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
