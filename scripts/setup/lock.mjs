import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './project.mjs'
import { SetupError, say } from './say.mjs'
import { digest } from './stamps.mjs'

const folder = join(tmpdir(), `reshoot-setup-${digest(root, process.getuid?.() ?? '')}`)
const owner = join(folder, 'pid')

/** Milliseconds to wait for another command's set-up. */
const PATIENCE = 20 * 60_000

/** @returns {boolean} */
const ownerIsGone = () => {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return false
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    // ENOENT: the owner is between mkdir and write, or was killed there. `acquire` looks three times.
    return code === 'ESRCH' || code === 'ENOENT'
  }
}

const acquire = async () => {
  let said = false
  let gone = 0
  for (const start = Date.now(); ; ) {
    try {
      mkdirSync(folder)
      writeFileSync(owner, String(process.pid))
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    gone = ownerIsGone() ? gone + 1 : 0
    if (gone > 2) rmSync(folder, { recursive: true, force: true })
    if (Date.now() - start > PATIENCE)
      throw new SetupError(`Another set-up of this folder seems to hang. If not, remove ${folder}`)
    if (!said && Date.now() - start > 1_000) {
      said = true
      say('Waiting for another command that is setting up this folder…')
    }
    await sleep(100)
  }
}

/**
 * Runs work that two commands must not do in this folder at the same time.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const alone = async (work) => {
  await acquire()
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}
