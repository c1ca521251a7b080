import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { entryFacts, steps } from './demo/steps.mjs'
import { firstLine, openWindow } from './demo/window.mjs'
import { callersFolder } from './setup/project.mjs'
import { say } from './setup/say.mjs'

/** Milliseconds that a step may take. */
const STEP_LIMIT = 90_000

/** The demo's home: the folder in RESHOOT_HOME when it is new or empty, else a new one. */
const home = () => {
  const chosen = process.env.RESHOOT_HOME
  if (chosen) {
    const folder = resolve(callersFolder(), chosen)
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length === 0) return folder
    say('The folder in RESHOOT_HOME is in use: the demo takes a new one.')
  }
  return mkdtempSync(join(tmpdir(), 'reshoot-demo-'))
}

/** Rejects when a step has taken too long. @returns {Promise<never>} */
const stepLimit = async () => {
  await pause(STEP_LIMIT, undefined, { ref: false })
  throw new Error(`not done after ${STEP_LIMIT / 1000} s`)
}

const print = (/** @type {string} */ line) => process.stdout.write(`${line.trimEnd()}\n`)

/** @param {number} seconds @param {string} title @param {string} detail */
const printStep = (seconds, title, detail) =>
  print(`${seconds.toFixed(1).padStart(5)} s  ${title.padEnd(10)}  ${detail}`)

/** @param {string} name @param {string} fact */
const printFact = (name, fact) => print(`${name.padEnd(14)} ${fact}`)

/**
 * Starts the built app and makes one edit in its window. Prints each step with its time, the library's
 * entry and the path of a screenshot. The files stay in the printed folder.
 *
 * @param {string} executable Electron's.
 * @returns {Promise<number>} exit code: 0 when every step was done, else 1
 */
export const demo = async (executable) => {
  const folder = home()
  const screenshot = join(folder, 'demo.png')
  const started = performance.now()
  let title = 'Open'
  const { page, close } = await openWindow(executable, folder)
  try {
    page.setDefaultTimeout(STEP_LIMIT)
    printStep((performance.now() - started) / 1000, title, await page.title())
    for (const step of steps) {
      title = step.title
      const begun = performance.now()
      const outcome = await Promise.race([step.perform(page), stepLimit()])
      const own = typeof outcome === 'string' ? { detail: outcome, seconds: undefined } : outcome
      printStep(own.seconds ?? (performance.now() - begun) / 1000, title, own.detail)
    }
    title = 'Library entry'
    const facts = await entryFacts(page)
    await page.screenshot({ path: screenshot })
    print(`\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`)
    for (const [name, fact] of facts) printFact(name, fact)
    printFact('Screenshot', screenshot)
    printFact('All of it', `stays in ${folder}`)
    return 0
  } catch (error) {
    print(`\n${title} failed: ${firstLine(error)}`)
    const taken = await page
      .screenshot({ path: screenshot, timeout: 10_000 })
      .catch(() => undefined)
    if (taken) printFact('Screenshot', screenshot)
    printFact('All of it', `stays in ${folder}`)
    return 1
  } finally {
    await close()
  }
}
