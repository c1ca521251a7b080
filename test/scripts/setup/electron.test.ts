import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fallbacks, reasonOf, verify } from '../../../scripts/setup/electron.mjs'
import { missingLibraries } from '../../../scripts/setup/system-libraries.mjs'

it('refuses a package that was tampered with, by a single byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'))
  const file = join(folder, 'package.tgz')
  const contents = Buffer.alloc(200_000, 7)
  const integrity = `sha512-${createHash('sha512').update(contents).digest('base64')}`
  try {
    writeFileSync(file, contents)
    const known = { name: 'an-electron', version: '42.0.0', integrity }
    await expect(verify(file, known)).resolves.toBeUndefined()
    contents[123_456] = 8
    writeFileSync(file, contents)
    await expect(verify(file, known)).rejects.toThrow('it was not unpacked')
    for (const fallback of fallbacks)
      await expect(verify(file, fallback)).rejects.toThrow(`${fallback.name} 42.0.0`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it.each([
  ['TypeError: fetch failed\n    at node:internal/deps/undici', 'fetch failed'],
  ['HTTPError: Response code 407 (Proxy)\n', 'Response code 407 (Proxy)'],
  ['', 'the download failed'],
])('finds the reason in %j', (output, reason) => {
  expect(reasonOf(output)).toBe(reason)
})

it('names each missing library once', () => {
  const printed = `
	linux-vdso.so.1 (0x00007ffd)
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libatk-1.0.so.0 => not found
	libnss3.so => not found
`
  expect(missingLibraries(printed)).toEqual(['libnss3.so', 'libatk-1.0.so.0'])
  expect(missingLibraries('\tstatically linked\n')).toEqual([])
})
