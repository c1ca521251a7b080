import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sandboxSwitches } from '../../scripts/setup/chromium.mjs'
import { type BenchRow, compared, median } from './rows'

const rounds = 9
/** Milliseconds a start may take before it counts as broken. */
const patience = 30_000

/**
 * Loaded into both apps before their own code: tells when the window is visible, the element is there and the frame
 * that shows it was drawn, in milliseconds since the epoch; then ends the app.
 */
const stopwatch = `
  const { app } = require('electron')
  app.on('browser-window-created', (_event, window) => {
    const visible = new Promise((done) => window.isVisible() ? done() : window.once('show', done))
    window.webContents.once('dom-ready', async () => {
      const drawn = await window.webContents.executeJavaScript(\`new Promise((done) => {
        const look = () => document.querySelector(\${JSON.stringify(process.env.BENCH_ELEMENT)})
          ? requestAnimationFrame(() => setTimeout(() => done(Date.now())))
          : requestAnimationFrame(look)
        look()
      })\`)
      await visible
      process.stdout.write('interactive at ' + Math.max(drawn, Date.now()) + '\\n', () => app.exit())
    })
  })
`

const bareMain = `
  const { app, BrowserWindow } = require('electron')
  app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1280, height: 800, show: false })
    window.once('ready-to-show', () => window.show())
    window.loadFile('index.html')
  })
`
const barePage = '<!doctype html><title>Bare</title><button id="ready">Ready</button>'

interface Candidate {
  /** What comes after Electron's switches. */
  args: readonly string[]
  /** CSS selector of what a person would use first. */
  element: string
}

/** Milliseconds from the start of the process to the first frame that can be used. */
const timeToUse = ({ args, element }: Candidate, hook: string): Promise<number> =>
  new Promise((done, fail) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const began = Date.now()
    const child = spawn(
      process.execPath,
      ['-r', hook, ...sandboxSwitches(process.execPath), ...args],
      {
        env: { ...env, BENCH_ELEMENT: element },
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: patience,
        killSignal: 'SIGKILL',
      },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('error', fail)
    child.once('close', () => {
      const at = /interactive at (\d+)/.exec(said)?.[1]
      if (at) done(Number(at) - began)
      else fail(new Error(`The window with ${element} did not show within ${patience / 1000} s`))
    })
  })

const makeBareApp = async (folder: string): Promise<void> => {
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{ "name": "bare", "main": "main.cjs" }')
  await writeFile(join(folder, 'main.cjs'), bareMain)
  await writeFile(join(folder, 'index.html'), barePage)
}

/** A home with settings opens with the Edit screen, whose button is waited for. */
const keepFromWelcome = async (home: string): Promise<void> => {
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'settings.json'), '{}')
}

/**
 * From the start of the process to a window that can be used, against a window with one button of the same Electron,
 * in turns: on new homes, and on one that is used again.
 */
export const benchStartup = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const hook = join(folder, 'stopwatch.cjs')
  const bareApp = join(folder, 'bare')
  const app = resolve(import.meta.dirname, '../..')
  const bare = (home: string): Candidate => ({
    args: [bareApp, `--user-data-dir=${home}`],
    element: '#ready',
  })
  /** The button of the empty Edit screen: it is there once the services have answered. */
  const ours = (home: string): Candidate => ({
    args: [app, '--home', home],
    element: 'main button',
  })
  try {
    await writeFile(hook, stopwatch)
    await makeBareApp(bareApp)
    const measure = async (home: (round: number) => string) => {
      const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
      for (let round = 0; round < rounds; round++) {
        await keepFromWelcome(home(round))
        times.bare.push(await timeToUse(bare(`${home(round)}-bare`), hook))
        times.ours.push(await timeToUse(ours(home(round)), hook))
      }
      return { ours: median(times.ours), bare: median(times.bare) }
    }
    const fresh = await measure((round) => join(folder, `home-${round}`))
    const again = await measure(() => join(folder, 'home-0'))
    return [
      compared(
        'first start to a usable window against a bare one',
        fresh.ours,
        fresh.bare,
        1.5,
        'ms',
      ),
      compared('later starts against a bare window', again.ours, again.bare, 1.5, 'ms'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
