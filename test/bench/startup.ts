import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchRow, compared, median } from './rows'
import { type Candidate, makeBareApp, open, reshoot } from './windows'

const rounds = 9

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

/** Milliseconds from the start of the process to the first frame that can be used. */
const timeToUse = async (candidate: Candidate, hook: string): Promise<number> => {
  const began = Date.now()
  const said = await open(candidate, hook).said
  const at = /interactive at (\d+)/.exec(said)?.[1]
  if (!at) throw new Error(`The window with ${candidate.element} did not show`)
  return Number(at) - began
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
  try {
    await writeFile(hook, stopwatch)
    const bare = await makeBareApp(join(folder, 'bare'))
    const measure = async (home: (round: number) => string) => {
      const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
      for (let round = 0; round < rounds; round++) {
        await keepFromWelcome(home(round))
        times.bare.push(await timeToUse(bare(`${home(round)}-bare`), hook))
        times.ours.push(await timeToUse(reshoot(home(round)), hook))
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
