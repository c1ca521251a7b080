import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { sandboxSwitches } from '../../scripts/setup/chromium.mjs'

/** Milliseconds a window may take before it counts as broken. */
const patience = 60_000

const bareMain = `
  const { app, BrowserWindow } = require('electron')
  app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1280, height: 800, show: false })
    window.once('ready-to-show', () => window.show())
    window.loadFile('index.html')
  })
`
const barePage = '<!doctype html><title>Bare</title><button id="ready">Ready</button>'

/** An app that opens a window. */
export interface Candidate {
  /** What comes after Electron's switches. */
  args: readonly string[]
  /** CSS selector of what a person would use first. */
  element: string
}

/** Makes an app whose window has one button, to compare with. */
export const makeBareApp = async (folder: string): Promise<(home: string) => Candidate> => {
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{ "name": "bare", "main": "main.cjs" }')
  await writeFile(join(folder, 'main.cjs'), bareMain)
  await writeFile(join(folder, 'index.html'), barePage)
  return (home) => ({ args: [folder, `--user-data-dir=${home}`], element: '#ready' })
}

/** Reshoot. The button of the empty Edit screen is there once the services have answered. */
export const reshoot = (home: string): Candidate => ({
  args: [resolve(import.meta.dirname, '../..'), '--home', home],
  element: 'main button',
})

/**
 * Starts an app in the same Electron, with a script that is loaded before its own code. Gives the process and what it
 * prints until it ends.
 */
export const open = (
  { args, element }: Candidate,
  hook: string,
): { child: ChildProcessByStdio<null, Readable, null>; said: Promise<string> } => {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
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
  const said = new Promise<string>((done, fail) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
    child.once('error', fail)
    child.once('close', () => done(text))
  })
  return { child, said }
}
