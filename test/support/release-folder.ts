import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { writeReleaseList } from '../../scripts/package/release-list.mjs'
import { temporaryFolder } from './temporary-folder'

/** An AppImage of a version, which does nothing. */
export const appImage = (version: string): Buffer =>
  Buffer.from(`#!/bin/sh\nexit 0\n# Reshoot ${version}\n`)

/** Gives the server's address. */
export const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** A folder of releases on this computer, with one version in it; its list has the digest of `promised`. */
export const releases = async (version: string, promised = appImage(version)) => {
  const file = `reshoot-${version}-linux-x64.AppImage`
  const packaged = path.join(temporaryFolder(), file)
  writeFileSync(packaged, promised)
  const list = readFileSync(await writeReleaseList(packaged, version))
  const asked: string[] = []
  const sent: IncomingHttpHeaders[] = []
  const server = createServer(({ url = '', headers }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    asked.push(path.posix.basename(pathname))
    sent.push(headers)
    if (pathname.endsWith('/latest-linux.yml')) response.end(list)
    else if (pathname.endsWith(`/${file}`)) response.end(appImage(version))
    else response.writeHead(404).end()
  })
  const address = `${await listen(server)}/releases`
  return { address, asked, sent, stop: () => new Promise((done) => server.close(done)) }
}
