import { chownSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../setup/say.mjs'

/** @typedef {{ name: string, uid: number, gid: number }} User */

/**
 * Finds a user of this system.
 *
 * @param {string} name
 * @param {string} passwd The contents of /etc/passwd.
 * @returns {User}
 * @throws {SetupError} when no user has this name, or the user is root
 */
export const findUser = (name, passwd = readFileSync('/etc/passwd', 'utf8')) => {
  const row = passwd.split('\n').find((line) => line.startsWith(`${name}:`))
  const [uid, gid] = (row ?? '').split(':').slice(2, 4).map(Number)
  if (uid === undefined || gid === undefined || uid === 0)
    throw new SetupError(`RESHOOT_TEST_USER: there is no ordinary user "${name}" here.`)
  return { name, uid, gid }
}

/** @param {string} from @param {string} to */
const linkTree = (from, to) => {
  mkdirSync(to, { mode: 0o755 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkSync(source, target)
  }
}

/**
 * Gives an ordinary user a home and a readable copy of Electron, so that the end-to-end tests can run as
 * that user. Chromium's sandbox works then, which it does not for root.
 *
 * @param {User} user
 * @param {string} executable Electron's.
 * @param {string} scratch The folder of this test run.
 * @returns {{ executable: string, prefix: string[], environment: Record<string, string> }} the copied
 *   executable, the command to put before it, and its variables
 */
export const lend = ({ name, uid, gid }, executable, scratch) => {
  const home = join(scratch, 'user')
  const electron = join(scratch, 'electron')
  mkdirSync(home)
  for (const folder of [scratch, home]) chownSync(folder, uid, gid)
  try {
    linkTree(dirname(executable), electron)
  } catch {
    // Hard links cannot cross disks.
    cpSync(dirname(executable), electron, { recursive: true })
  }
  const lent = join(electron, basename(executable))
  return {
    executable: lent,
    prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--'],
    environment: {
      HOME: home,
      TMPDIR: home,
      USER: name,
      RESHOOT_HOME: join(home, 'reshoot'),
      ELECTRON_OVERRIDE_DIST_PATH: electron,
      ELECTRON_EXEC_PATH: lent,
    },
  }
}
