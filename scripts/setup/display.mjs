import { startBackground } from './processes.mjs'
import { hasProgram } from './project.mjs'
import { SetupError } from './say.mjs'

/** True where windows can be opened. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Makes a display for windows where there is none; true when it did so. */
export const useDisplay = async () => {
  if (hasDisplay()) return false
  Object.assign(process.env, (await startVirtualDisplay()).environment)
  return true
}

const START_MILLISECONDS = 10_000

/**
 * Starts an X server without a screen on a free display. It ends with this process.
 *
 * @returns {Promise<{ environment: Record<string, string | undefined>, stop: () => void }>} the
 *   variables for programs that use it
 * @throws {SetupError} when it does not start
 */
export const startVirtualDisplay = () => {
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp']
  // It must end even when this process is killed.
  const argv = hasProgram('setpriv') ? ['setpriv', '--pdeathsig', 'KILL', ...server] : server
  const { child, stop } = startBackground(String(argv[0]), argv.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let complaint = ''
    const fail = (/** @type {string} */ why) => {
      clearTimeout(limit)
      stop()
      reject(new SetupError(`The virtual display (Xvfb) did not start: ${why}`))
    }
    const limit = setTimeout(
      () => fail(`no answer in ${START_MILLISECONDS / 1000} s ${complaint}`),
      START_MILLISECONDS,
    )
    const complaints = /** @type {import('node:net').Socket} */ (child.stderr)
    complaints.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      complaint = `${complaint}${text}`.slice(-1000)
    })
    child.once('error', (error) => fail(error.message))
    const ended = (/** @type {number | null} */ code) =>
      fail(`it ended with code ${code} ${complaint}`.trim())
    child.once('exit', ended)
    const answer = /** @type {import('node:net').Socket} */ (child.stdio[3])
    let number = ''
    answer.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      number += text
      // Xvfb writes the digits and the line end separately, and dies when the second write fails.
      if (!number.endsWith('\n')) return
      clearTimeout(limit)
      child.off('exit', ended)
      // This process must not wait for it.
      child.unref()
      answer.destroy()
      complaints.unref()
      resolve({
        environment: {
          DISPLAY: `:${number.trim()}`,
          WAYLAND_DISPLAY: undefined,
          XAUTHORITY: undefined,
        },
        stop,
      })
    })
  })
}
