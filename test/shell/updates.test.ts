import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { expect, it, onTestFinished, test } from 'vitest'
import { silentLog } from '../../main/log'
import { directNetwork } from '../../main/network/network'
import { isReleaseAddress } from '../../main/shell/release-requests'
import { createUpdates, releasesFor } from '../../main/shell/updates'
import { appImage, listen, releases } from '../support/release-folder'
import { temporaryFolder } from '../support/temporary-folder'

/** Reshoot 1.2.0 as an AppImage. */
const installed = (address: string) => {
  const folder = temporaryFolder()
  const own = path.join(folder, 'Reshoot.AppImage')
  writeFileSync(own, appImage('1.2.0'))
  const before = process.env['APPIMAGE']
  process.env['APPIMAGE'] = own
  onTestFinished(() => {
    if (before === undefined) delete process.env['APPIMAGE']
    else process.env['APPIMAGE'] = before
  })
  let quits = 0
  const quit = Promise.withResolvers<void>()
  const updates = createUpdates({
    version: '1.2.0',
    installed: 'app-image',
    self: own,
    releases: address,
    folder: path.join(folder, 'updates'),
    network: directNetwork,
    log: silentLog,
    quit: () => {
      quits += 1
      quit.resolve()
    },
  })
  const downloads = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.includes('.AppImage') && !name.startsWith('Reshoot'),
    )
  return { updates, own, downloads, quit: quit.promise, quits: () => quits }
}

it('announces a newer version, gets it when it is asked to, and puts it in place', async () => {
  const folder = await releases('1.3.0')
  const { updates, own, quit, quits } = installed(folder.address)
  const seen: string[] = []
  updates.onChange(({ kind }) => seen.push(kind))
  expect(updates.state()).toEqual({ kind: 'unknown' })
  expect(folder.asked).toEqual([])
  expect(await updates.look()).toEqual({ kind: 'found', version: '1.3.0' })
  expect(folder.asked).toEqual(['latest-linux.yml'])
  expect(await updates.download()).toEqual({ kind: 'ready', version: '1.3.0' })
  expect(readFileSync(own)).toEqual(appImage('1.2.0'))
  expect(quits()).toBe(0)
  updates.install()
  await quit
  expect(readFileSync(own)).toEqual(appImage('1.3.0'))
  expect(seen.filter((kind, at) => kind !== seen[at - 1])).toEqual([
    'looking',
    'found',
    'downloading',
    'ready',
  ])
  for (const headers of folder.sent) expect(headers).not.toHaveProperty('x-user-staging-id')
})

it('keeps the old one, and says so, when the new one cannot be put in its place', async () => {
  const folder = await releases('1.3.0')
  const { updates, own, quits } = installed(folder.address)
  await updates.look()
  await updates.download()
  mkdirSync(`${own}.new`)
  const failed = new Promise((done) => {
    updates.onChange(done)
  })
  updates.install()
  expect(await failed).toEqual({ kind: 'failed', text: { key: 'update.failed', values: {} } })
  expect(readFileSync(own)).toEqual(appImage('1.2.0'))
  expect(quits()).toBe(0)
})

test.each(['1.2.0', '1.1.9', '0.9.0'])('takes no %s in place of 1.2.0', async (version) => {
  const folder = await releases(version)
  const { updates, own } = installed(folder.address)
  expect(await updates.look()).toEqual({ kind: 'newest' })
  expect(await updates.download()).toEqual({ kind: 'newest' })
  updates.install()
  expect(folder.asked).toEqual(['latest-linux.yml'])
  expect(readFileSync(own)).toEqual(appImage('1.2.0'))
})

it('refuses a package that is not the one promised, and leaves nothing of it', async () => {
  const folder = await releases('1.3.0', Buffer.from('another package, of another length'))
  const { updates, own, downloads, quits } = installed(folder.address)
  await updates.look()
  expect(await updates.download()).toEqual({
    kind: 'failed',
    text: { key: 'update.damaged', values: {} },
  })
  updates.install()
  expect(quits()).toBe(0)
  expect(readFileSync(own)).toEqual(appImage('1.2.0'))
  expect(downloads()).toEqual([])
})

it('follows no redirect that leaves https and this computer', async () => {
  const folder = await releases('1.3.0')
  const elsewhere = folder.address.replace('127.0.0.1', '0.0.0.0')
  const server = createServer((_, response) => {
    response.writeHead(302, { location: `${elsewhere}/latest-linux.yml` }).end()
  })
  const { updates } = installed(await listen(server))
  expect(await updates.look()).toMatchObject({ kind: 'failed' })
  expect(folder.asked).toEqual([])
})

it('says that the folder of releases cannot be reached, and tries again when it is asked to', async () => {
  const folder = await releases('1.3.0')
  const { updates } = installed(folder.address)
  await folder.stop()
  const host = new URL(folder.address).host
  const failed = { kind: 'failed', text: { key: 'update.unreachable', values: { host } } }
  expect(await updates.look()).toEqual(failed)
  expect(await updates.look()).toEqual(failed)
})

it('knows how it was installed, and where its releases are', () => {
  const resources = path.join(temporaryFolder(), 'resources')
  const how = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) =>
    releasesFor(resources, env, platform).installed
  mkdirSync(resources)
  expect(how('linux')).toBe('by-hand')
  expect(how('linux', { APPIMAGE: '/a' })).toBe('app-image')
  expect(how('win32')).toBe('by-hand')
  expect(how('darwin')).toBe('by-hand')
  writeFileSync(path.join(resources, 'package-type'), 'deb')
  writeFileSync(path.join(resources, '..', 'uninstall.exe'), '')
  expect(how('linux')).toBe('package-manager')
  expect(how('win32')).toBe('setup')
  expect(releasesFor(resources, {}).releases).toBeNull()
  writeFileSync(path.join(resources, 'releases.txt'), 'https://example.com/r\n')
  expect(releasesFor(resources, {}).releases).toBe('https://example.com/r')
  const own = { RESHOOT_RELEASES: 'http://localhost:8080' }
  expect(releasesFor(resources, own).releases).toBe('http://localhost:8080')
})

test.each([
  ['package-manager', 'https://example.com', 'package-manager'],
  ['by-hand', 'https://example.com', 'by-hand'],
  ['setup', null, 'no-releases'],
  ['setup', 'nonsense', 'no-releases'],
  ['setup', 'http://example.com', 'no-releases'],
] as const)('does not update itself: %s, releases at %s', async (how, address, why) => {
  const updates = createUpdates({
    version: '1.2.0',
    installed: how,
    self: '',
    releases: address,
    folder: '/nowhere',
    network: directNetwork,
    log: silentLog,
    quit: () => {},
  })
  expect(await updates.look()).toEqual({ kind: 'elsewhere', why })
})

test.each([
  ['https:', 'example.com', true],
  ['http:', '127.0.0.1', true],
  ['http:', 'localhost', true],
  ['http:', '127.0.0.1.example.com', false],
  ['file:', '', false],
])('asks %s//%s: %s', (protocol, host, allowed) => {
  expect(isReleaseAddress(protocol, host)).toBe(allowed)
})
