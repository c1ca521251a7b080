import { describe, expect, test } from 'vitest'
import { pageFile } from '../../main/shell/app-scheme'
import { contentPolicy } from '../../main/shell/content-policy'
import { docsUrl, isAllowedLink } from '../../main/shell/links'
import { readMediaUrl } from '../../main/shell/media-scheme'
import { isTrusted } from '../../main/shell/sender'
import { providerRows } from '../../preload/contract'

describe('links that may leave the app', () => {
  test.each([
    docsUrl,
    'https://help.aliyun.com/zh/model-studio/error-code',
    'https://bailian.console.alibabacloud.com/?tab=api#/api',
    'https://docs.apiyi.com/en/api-capabilities/wan/video-edit',
    ...Object.values(providerRows).flatMap(({ pages }) =>
      pages ? [pages.keys, pages.billing] : [],
    ),
  ])('%s', (link) => expect(isAllowedLink(link)).toBe(true))

  test.each([
    'http://help.aliyun.com/',
    'https://help.aliyun.com:8443/',
    'https://help.aliyun.com@evil.example/',
    'https://user:secret@help.aliyun.com/',
    'https://help.aliyun.com.evil.example/',
    'https://evil.help.aliyun.com/',
    'https://evil.example/help.aliyun.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'reshoot://app/index.html',
    'ms-settings:network',
    '//help.aliyun.com/',
    '',
  ])('not %s', (link) => expect(isAllowedLink(link)).toBe(false))
})

describe('who is answered', () => {
  const page = 'reshoot://app/index.html'
  const ours = { frameUrl: page, isMainFrame: true, isOurWindow: true }
  test.each([
    ['our page', ours, true],
    ['our page at another view', { ...ours, frameUrl: 'reshoot://app/index.html#/library' }, true],
    ['a frame inside of it', { ...ours, isMainFrame: false }, false],
    ['another window', { ...ours, isOurWindow: false }, false],
    ['a frame that is gone', { ...ours, frameUrl: null }, false],
    ['another host', { ...ours, frameUrl: 'reshoot://evil/index.html' }, false],
    ['another scheme of ours', { ...ours, frameUrl: 'reshoot-media://app/index.html' }, false],
    ['the web', { ...ours, frameUrl: 'https://app/index.html' }, false],
    ['a file', { ...ours, frameUrl: 'file:///app/index.html' }, false],
    ['a blank page', { ...ours, frameUrl: 'about:blank' }, false],
    ['nonsense', { ...ours, frameUrl: 'app' }, false],
  ])('%s', (_name, sender, expected) => {
    expect(isTrusted(sender, page)).toBe(expected)
  })

  test('in development the server of this very port', () => {
    const server = 'http://localhost:5173/'
    const from = (frameUrl: string) => isTrusted({ ...ours, frameUrl }, server)
    expect(from('http://localhost:5173/index.html')).toBe(true)
    expect(from('http://localhost:5174/')).toBe(false)
  })
})

describe('the content policy', () => {
  test('of the built page allows nothing but ourselves', () => {
    const policy = contentPolicy({ kind: 'built' })
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/)
  })

  test('of development opens the socket of its own server alone', () => {
    const policy = contentPolicy({ kind: 'development', origin: 'http://localhost:5173' })
    expect(policy).toContain("connect-src 'self' ws://localhost:5173;")
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
