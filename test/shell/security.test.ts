import { describe, expect, test } from 'vitest'
import { docsUrl, isAllowedLink } from '../../main/shell/links'
import { contentPolicy, isTrusted } from '../../main/shell/page'
import { providerRows } from '../../preload/contract'

describe('links that the app opens', () => {
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

describe('trusted senders', () => {
  const page = 'reshoot://app/index.html'
  const ours = { frameUrl: page, isMainFrame: true, isOurWindow: true }
  test.each([
    ['our page', ours, true],
    ['our page in another view', { ...ours, frameUrl: 'reshoot://app/index.html#/library' }, true],
    ['a frame inside our page', { ...ours, isMainFrame: false }, false],
    ['another window', { ...ours, isOurWindow: false }, false],
    ['a frame that no longer exists', { ...ours, frameUrl: null }, false],
    ['another host', { ...ours, frameUrl: 'reshoot://evil/index.html' }, false],
    ['the media scheme', { ...ours, frameUrl: 'reshoot-media://app/index.html' }, false],
    ['the web', { ...ours, frameUrl: 'https://app/index.html' }, false],
    ['a file', { ...ours, frameUrl: 'file:///app/index.html' }, false],
    ['a blank page', { ...ours, frameUrl: 'about:blank' }, false],
    ['nonsense', { ...ours, frameUrl: 'app' }, false],
  ])('%s', (_name, sender, expected) => {
    expect(isTrusted(sender, page)).toBe(expected)
  })

  test('in development: the server on the same port', () => {
    const server = 'http://localhost:5173/'
    const from = (frameUrl: string) => isTrusted({ ...ours, frameUrl }, server)
    expect(from('http://localhost:5173/index.html')).toBe(true)
    expect(from('http://localhost:5174/')).toBe(false)
  })
})

describe('the content policy', () => {
  test('of the built page allows the app’s own files only', () => {
    const policy = contentPolicy({ kind: 'built' })
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/)
  })

  test('of development allows the socket of its own server only', () => {
    const policy = contentPolicy({ kind: 'development', origin: 'http://localhost:5173' })
    expect(policy).toContain("connect-src 'self' ws://localhost:5173;")
  })
})
