import { describe, expect, test } from 'vitest'
import { callbackProblem } from '../../main/preflight/callback-url'

describe('may be called back', () => {
  test.each([
    'https://example.com/hook',
    'https://example.com',
    'HTTPS://Example.COM/Hook?a=1&b=2#c',
    'https://example.com:8443/hook',
    'https://example.com./hook',
    'https://hooks.local.example.com/',
    'https://mylocalhost.com/',
    'https://internal.example.com/',
    'https://xn--mnchen-3ya.example.com/',
    'https://münchen.example.com/',
    'https://8.8.8.8/',
    'https://134744072/',
    'https://0x08080808/',
    'https://010.010.010.010/',
    'https://172.15.0.1/',
    'https://172.32.0.1/',
    'https://100.63.255.255/',
    'https://100.128.0.1/',
    'https://192.167.255.255/',
    'https://11.0.0.1/',
    'https://223.255.255.255/',
    'https://[2606:4700:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::8.8.8.8]/',
    'https://[2002:808:808::1]/',
    `https://example.com/${'a'.repeat(2048 - 'https://example.com/'.length)}`,
  ])('%s', (url) => {
    expect(callbackProblem(url)).toBeNull()
  })
})

describe('is private', () => {
  test.each([
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://localhost:8443/',
    'https://app.localhost/',
    'https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
    'https://printer.local/',
    'https://printer.local./',
    'https://metadata.google.internal/',
    'https://nas.lan/',
    'https://nas.home.arpa/',
    'https://wiki.corp/',
    'https://wiki/',
    'https://wiki./',
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://127.1/',
    'https://127.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://127.255.255.254/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://167772161/',
    'https://012.0.0.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://0xa9fea9fe/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://192.168.257/',
    'https://198.18.0.1/',
    'https://203.0.113.9/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::1]:443/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:10.1.2.3]/',
    'https://[0:0:0:0:0:ffff:c0a8:101]/',
    'https://[::127.0.0.1]/',
    'https://[::8.8.8.8]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2002:c0a8:101::1]/',
    'https://[2001::1]/',
    'https://[2001:db8::1]/',
    'https://[100::1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456:789a::1]/',
    'https://[fe80::1]/',
    'https://[febf::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
  ])('%s', (url) => {
    expect(callbackProblem(url)).toBe('private-host')
  })
})

test.each([
  ['', 'not-a-url'],
  ['example.com/hook', 'not-a-url'],
  ['//example.com/hook', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['https://exa mple.com/', 'characters'],
  ['https://256.256.256.256/', 'not-a-url'],
  ['https://1.2.3.4.5/', 'not-a-url'],
  ['https://[::1/', 'not-a-url'],
  ['https://[fe80::1%25eth0]/', 'not-a-url'],
  ['https://example.com:99999/', 'not-a-url'],
  ['https:\\\\127.0.0.1\\', 'characters'],
  [' https://example.com/', 'characters'],
  ['https://example.com/\n', 'characters'],
  ['https://exam\tple.com/', 'characters'],
  ['http://example.com/', 'not-https'],
  ['http://127.0.0.1/', 'not-https'],
  ['ftp://example.com/', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['wss://example.com/', 'not-https'],
  ['https://user@example.com/', 'credentials'],
  ['https://user:word@example.com/', 'credentials'],
  ['https://example.com@127.0.0.1/', 'credentials'],
  [`https://example.com/${'a'.repeat(2029)}`, 'too-long'],
  [`https://example.com/${'ü'.repeat(700)}`, 'too-long'],
])('%j is refused: %s', (url, problem) => {
  expect(callbackProblem(url)).toBe(problem)
})

/** A row of the table: the first and last address of a network, and their neighbours outside where these are public. */
test.each<[string, string, ...(string | null)[]]>([
  ['0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['240.0.0.0', '255.255.255.255', null, null],
  ['[2001::]', '[2001:1ff:ffff::]', '[2000:ffff::]', '[2001:200::]'],
  ['[2001:db8::]', '[2001:db8:ffff::]', '[2001:db7:ffff::]', '[2001:db9::]'],
  ['[3fff::]', '[3fff:fff:ffff::]', '[3ffe:ffff::]', '[3fff:1000::]'],
  ['[::]', '[1fff:ffff::]', null, '[2000::]'],
  ['[4000::]', '[ffff:ffff::]', '[3fff:ffff::]', null],
])('%s to %s is a private network', (first, last, before, after) => {
  const problems = [first, last, before, after].map(
    (host) => host && callbackProblem(`https://${host}/`),
  )
  expect(problems.slice(0, 2)).toEqual(['private-host', 'private-host'])
  for (const problem of problems.slice(2)) expect(problem).toBeNull()
})

test.each(
  'localhost local localdomain internal intranet lan home home.arpa corp private test invalid onion'.split(
    ' ',
  ),
)('a name that ends in .%s is private, one that only contains it is public', (ending) => {
  expect(callbackProblem(`https://host.${ending}/`)).toBe('private-host')
  expect(callbackProblem(`https://host.${ending}./`)).toBe('private-host')
  expect(callbackProblem(`https://my${ending}.example/`)).toBeNull()
  expect(callbackProblem(`https://${ending}.example/`)).toBeNull()
})

test.each([
  ['https://[64:ff9b::808:808]/', null],
  ['https://[64:ff9b::a00:1]/', 'private-host'],
  ['https://[64:ff9b:0:1::808:808]/', 'private-host'],
  ['https://[::ffff:8.8.8.8]/', null],
  ['https://[::fffe:8.8.8.8]/', 'private-host'],
  ['https://[2002:a00:1::]/', 'private-host'],
  ['https://[2002:808:808:a00:1::]/', null],
  ['https://[2606:4700:4700:0:1:2:3:4]/', null],
])('%s, an IPv4 address inside IPv6, gives %s', (url, problem) => {
  expect(callbackProblem(url)).toBe(problem)
})

test.each([
  ['https://exa\u0080mple.com/', 'characters'],
  ['https://a..example/', 'private-host'],
  ['https://user@exa mple.com/', 'characters'],
  ['https://:word@example.com/', 'credentials'],
  ['https://10.0.0.1.example/', null],
  ['https://a1.2.3.4/', 'not-a-url'],
  ['no address at all '.repeat(200), 'too-long'],
])('%j gives %s', (url, problem) => {
  expect(callbackProblem(url)).toBe(problem)
})

test.each([
  [2048, null],
  [2049, 'too-long'],
])('an address of %d characters', (length, problem) => {
  const short = 'https://example.com/'
  expect(callbackProblem(short + 'a'.repeat(length - short.length))).toBe(problem)
  // An umlaut counts as six characters, which is how it is sent.
  const umlauts = Math.floor((length - short.length) / 6)
  const rest = length - short.length - umlauts * 6
  expect(callbackProblem(short + 'ü'.repeat(umlauts) + 'a'.repeat(rest))).toBe(problem)
})
