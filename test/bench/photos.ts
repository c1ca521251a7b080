import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sandboxSwitches } from '../../scripts/setup/chromium.mjs'
import { makeImage } from '../support/make-media-images'
import { alone, type BenchRow } from './rows'

const count = 120
const megabyte = 1024 * 1024
/** Milliseconds: between two looks at the memory; after the window shows, and after the last still. */
const interval = 100
const settling = 3_000
const resting = 15_000
/** Milliseconds after which the app counts as broken. */
const patience = 900_000

/** Loaded before the app: adds the folder that a line on stdin names, and tells how long main was blocked. */
const hook = `
  const { app } = require('electron')
  const { monitorEventLoopDelay } = require('node:perf_hooks')
  const { createInterface } = require('node:readline')
  app.on('browser-window-created', (_event, window) => {
    window.once('show', () => process.stdout.write('shown\\n'))
    const delay = monitorEventLoopDelay({ resolution: 1 })
    createInterface({ input: process.stdin }).on('line', (line) => {
      if (line === 'end') {
        process.stdout.write('blocked ' + delay.max / 1e6 + '\\n', () => app.exit())
        return
      }
      delay.enable()
      const call = 'window.reshoot.media.add(' + JSON.stringify({ paths: [line] }) + ').then(() => {})'
      void window.webContents.executeJavaScript(call)
    })
  })
`

/** Every process below one, itself included. */
const familyOf = async (first: number): Promise<number[]> => {
  const stats = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  )
  const parents = stats.map((stat) => [
    Number.parseInt(stat, 10),
    Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]),
  ])
  const family = new Set([first])
  for (let known = 0; known < family.size; ) {
    known = family.size
    for (const [pid = 0, parent = 0] of parents) if (family.has(parent)) family.add(pid)
  }
  return [...family]
}

/** Bytes: the proportional set sizes of all processes, in which memory that they share counts once. */
const memoryOf = async (first: number): Promise<number> => {
  const sizes = (await familyOf(first)).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** The built app with its window, and what it has said. */
const startApp = async (folder: string, home: string) => {
  const file = join(folder, 'hook.cjs')
  await writeFile(file, hook)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const app = resolve(import.meta.dirname, '../..')
  const child = spawn(
    process.execPath,
    ['-r', file, ...sandboxSwitches(process.execPath), app, '--home', home],
    { env, stdio: ['pipe', 'pipe', 'ignore'], timeout: patience, killSignal: 'SIGKILL' },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let ended = false
  child.once('close', () => {
    ended = true
  })
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) {
      if (ended) throw new Error(`The app ended. It said: ${said}`)
      await pause(interval)
    }
  }
  return { child, pid: child.pid ?? 0, said: () => said, until }
}

/**
 * What the whole app takes in memory while 120 PNGs of 12 megapixels with alpha are checked and their stills are made,
 * and what remains of that. Linux only: other systems do not tell what processes share.
 */
export const benchPhotos = async (): Promise<BenchRow[]> => {
  if (process.platform !== 'linux') return []
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const [photos, home] = [join(folder, 'photos'), join(folder, 'home')]
  await mkdir(photos)
  const photo = await makeImage({ width: 4000, height: 3000, format: 'png', alpha: 'channel' })
  for (let at = 0; at < count; at++) await copyFile(photo, join(photos, `${at}.png`))
  const { child, pid, said, until } = await startApp(folder, home)
  try {
    await until(() => said().includes('shown'))
    await pause(settling)
    const idle = await memoryOf(pid)
    child.stdin.write(`${photos}\n`)
    let peak = idle
    await until(async () => {
      peak = Math.max(peak, await memoryOf(pid))
      const stills = await readdir(join(home, 'posters'))
      return stills.filter((name) => /^[^.].*\.jpg$/.test(name)).length === count
    })
    await pause(resting)
    const after = await memoryOf(pid)
    child.stdin.write('end\n')
    await until(() => said().includes('blocked'))
    const blocked = Number(/blocked (\S+)/.exec(said())?.[1])
    return [
      alone('memory of the whole app before 120 photos', idle / megabyte, 300, 'MiB'),
      alone('the most while they are checked', peak / megabyte, 400, 'MiB'),
      alone(`${resting / 1000} s after the last`, after / megabyte, 330, 'MiB'),
      alone('longest block of the main process meanwhile', blocked, 50, 'ms'),
    ]
  } finally {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
