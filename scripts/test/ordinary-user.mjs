import { chownSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../setup/say.mjs'

/** @typedef {{ name: string, uid: number, gid: number }} User */

/**
 * A user of this system.
 *
 * @param {string} name
 * @param {string} passwd The contents of /etc/passwd.
 * @returns {User}
 * @throws {SetupError} when there is none of that name, or it is root
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
 * Gives a user what the end-to-end tests need, which root's own folders keep from them: a home and
 * Electron itself. Their windows then run in the operating system's real sandbox.
 *
 * @param {User} user
 * @param {string} executable Electron's.
 * @param {string} scratch The test run's own folder.
 * @returns {{ executable: string, prefix: string[], environment: Record<string, string> }} what to
 *   start instead, what to put before it, and what to tell it
 */
export const lend = ({ name, uid, gid }, executable, scratch) => {
  const home = join(scratch, 'user')
  const electron = join(scratch, 'electron')
  mkdirSync(home)
  for (const folder of [scratch, home]) chownSync(folder, uid, gid)
  try {
    linkTree(dirname(executable), electron)
  } catch {
    // Links cannot cross from one disk to another.
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
