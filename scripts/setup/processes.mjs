import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number, output: string, timedOut: boolean }} Outcome */

/** Milliseconds that a child may take to end after SIGTERM. */
const GRACE = 5_000
/** The same while a person waits for this process to end. */
const LEAVING_GRACE = 2_000

/** Children that end with this process. @type {Set<ChildProcess>} */
const background = new Set()
/** The child that has our terminal. It decides itself how to end. @type {ChildProcess | undefined} */
let foreground

/** The exit code once a signal has asked this process to end. @type {number | undefined} */
let leaving
/** Work to do at exit. @type {(() => void)[]} */
const last = []

const posix = process.platform !== 'win32'

/**
 * Sends a signal to a child and its descendants.
 *
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
const signalTree = (child, signal) => {
  if (child.pid === undefined) return
  if (!posix) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}

/** @param {NodeJS.Signals} signal */
const onSignal = (signal) => {
  if (foreground) {
    // The terminal has already sent Ctrl-C to the child, for which a second one means "quit at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) foreground.kill(signal)
    return
  }
  // The second signal ends at once.
  if (leaving !== undefined) process.exit(leaving)
  leaving = 128 + constants.signals[signal]
  for (const child of background) signalTree(child, 'SIGTERM')
  if (background.size === 0) process.exit(leaving)
  // The tests' own process closes the windows that it opened.
  setTimeout(() => process.exit(leaving), LEAVING_GRACE)
}

/** @param {ChildProcess} child */
const forget = (child) => {
  background.delete(child)
  if (leaving === undefined) return
  signalTree(child, 'SIGKILL') // its descendants
  if (background.size === 0) process.exit(leaving)
}

/** npm starts this process through a shell, which ends on npm's signals without forwarding them. */
const watchForOrphaning = () => {
  if (!posix || !process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    // After Ctrl-C npm ends at once, while this process is still leaving.
    if (leaving === undefined) onSignal('SIGTERM')
  }, 500)
  timer.unref()
}

let listening = false
/** Makes children end with this process, unless it ends by SIGKILL. */
const listen = () => {
  if (listening) return
  listening = true
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => onSignal(signal))
  }
  watchForOrphaning()
  process.on('exit', () => {
    for (const child of background) signalTree(child, 'SIGKILL')
    for (const work of last) work()
  })
}

/**
 * Runs work when this process ends, after its children were killed.
 *
 * @param {() => void} work Synchronous. Must not throw.
 */
export const atTheEnd = (work) => {
  listen()
  last.push(work)
}

/**
 * Starts a program that lives until `stop()` or until this process ends.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export const startBackground = (program, args, options) => {
  listen()
  const child = spawn(program, args, { ...options, detached: posix, windowsHide: true })
  background.add(child)
  child.once('exit', () => forget(child))
  child.once('error', () => forget(child))
  return { child, stop: () => signalTree(child, 'SIGTERM') }
}

/**
 * Runs a program to its end and collects its output. Never throws: a program that cannot be started gives
 * code 127; one that takes too long is killed with its descendants and gives code 124.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, seconds: number, shell?: boolean }} options
 * @returns {Promise<Outcome>}
 */
export const run = (program, args, { seconds, ...options }) =>
  new Promise((resolve) => {
    const { child } = startBackground(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let timedOut = false
    const collect = (/** @type {string} */ text) => {
      output += text
    }
    child.stdout?.setEncoding('utf8').on('data', collect)
    child.stderr?.setEncoding('utf8').on('data', collect)
    const limit = setTimeout(() => {
      timedOut = true
      signalTree(child, 'SIGTERM')
      setTimeout(() => signalTree(child, 'SIGKILL'), GRACE).unref()
    }, seconds * 1000)
    child.once('error', (error) => {
      clearTimeout(limit)
      resolve({ code: 127, output: `${output}${error.message}\n`, timedOut })
    })
    // Descendants that still run would keep the pipes open.
    child.once('exit', () => signalTree(child, 'SIGKILL'))
    child.once('close', (code) => {
      clearTimeout(limit)
      // While leaving, the caller must not go on with its next step.
      if (leaving === undefined) resolve({ code: timedOut ? 124 : (code ?? 1), output, timedOut })
    })
  })

/**
 * Runs a program with this process's terminal and signals. Gives its exit code, or 128 + n after signal n.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export const runForeground = (program, args, options) => {
  listen()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit' })
    foreground = child
    child.once('error', (error) => {
      foreground = undefined
      reject(error)
    })
    child.once('exit', (code, signal) => {
      foreground = undefined
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * The last lines of a long output.
 *
 * @param {string} output
 * @param {number} lines
 */
export const tail = (output, lines = 20) => output.trimEnd().split('\n').slice(-lines).join('\n')
