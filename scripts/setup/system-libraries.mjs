import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { alone } from './lock.mjs'
import { run, tail } from './processes.mjs'
import { hasProgram, isRoot } from './project.mjs'
import { SetupError, say } from './say.mjs'

/** Debian packages. Where a package was renamed (the 64-bit time transition), the newer name comes first. */
export const packages = {
  libraries: [
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libnss3'],
    ['libasound2t64', 'libasound2'],
    ['libgbm1'],
    ['libxss1'],
    ['libatspi2.0-0t64', 'libatspi2.0-0'],
    ['libdrm2'],
    ['libxshmfence1'],
    // Loaded when a window opens, so `ldd` does not name it.
    ['libx11-xcb1'],
    ['dbus'],
  ],
  display: [['xvfb'], ['xauth']],
  fonts: [['fonts-noto-core'], ['fonts-noto-cjk']],
}

/** The shared libraries that `ldd` reports as missing. @param {string} printed */
export const missingLibraries = (printed) => [
  ...new Set([...printed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]))),
]

/**
 * True when a folder holds a font file of such a name, at any depth.
 *
 * @param {string} folder
 * @param {RegExp} name
 * @returns {boolean}
 */
const hasFont = (folder, name) => {
  if (!existsSync(folder)) return false
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? hasFont(join(folder, entry.name), name) : name.test(entry.name),
  )
}

const lacksFonts = () => {
  const own = [join(homedir(), '.fonts'), join(homedir(), '.local', 'share', 'fonts')]
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', ...own]
  const chinese = /(cjk|sourcehan|wqy|droidsansfallback|uming|ukai).*\.(ttf|ttc|otf)$/i
  return (
    !folders.some((folder) => hasFont(folder, /\.(ttf|ttc|otf)$/i)) ||
    !folders.some((folder) => hasFont(folder, chinese))
  )
}

/**
 * @param {string} executable Electron's.
 * @param {boolean} virtualDisplay Whether a virtual display is needed.
 */
const lacking = (executable, virtualDisplay) => {
  const printed = spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? ''
  return {
    libraries: missingLibraries(printed),
    display: virtualDisplay && !hasProgram('Xvfb'),
    // On a desktop the owner decides about fonts.
    fonts: virtualDisplay && lacksFonts(),
  }
}

/** The first package of each row that this system knows. @param {string[][]} rows */
const known = (rows) =>
  rows.map(
    (names) =>
      names.find((name) => {
        const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? ''
        return /Candidate: (?!\(none\))/.test(policy)
      }) ?? String(names.at(-1)),
  )

/** @param {string[][]} rows */
const installPackages = async (rows) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await run('apt-get', ['update', '-q'], { env, seconds: 300 })
  const names = known(rows)
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names]
  const { code, output } = await run('apt-get', args, { env, seconds: 900 })
  if (code === 0) return
  const said = updated.code === 0 ? output : `${updated.output}${output}`
  throw new SetupError(
    `These could not be installed:\n${tail(said, 8)}\nInstall them yourself: apt-get ${args.join(' ')}`,
  )
}

/** @param {ReturnType<typeof lacking>} lack @returns {string[][]} */
const rowsFor = (lack) => [
  ...(lack.libraries.length > 0 ? packages.libraries : []),
  ...(lack.display ? packages.display : []),
  ...(lack.fonts ? packages.fonts : []),
]

/** Names all libraries, or three and the number of the others. @param {ReturnType<typeof lacking>} lack */
const inWords = ({ libraries, display, fonts }, most = 4) =>
  [
    ...libraries.slice(0, libraries.length > most ? 3 : most),
    ...(libraries.length > most ? [`${libraries.length - 3} more libraries`] : []),
    ...(display ? ['Xvfb (a display without a screen)'] : []),
    ...(fonts ? ['fonts for English and Chinese'] : []),
  ].join(', ')

/**
 * Makes sure that Linux has the libraries, display and fonts that Electron needs. On Debian-based systems
 * root installs them; anybody else gets the exact command. Does nothing when nothing is missing.
 *
 * @param {{ executable: string, virtualDisplay: boolean }} need
 * @throws {SetupError} when something is missing that cannot be installed
 */
export const ensureSystemLibraries = async ({ executable, virtualDisplay }) => {
  if (process.platform !== 'linux') return
  const lack = lacking(executable, virtualDisplay)
  if (rowsFor(lack).length === 0) return
  const missing = inWords(lack)
  if (!hasProgram('apt-get'))
    throw new SetupError(
      `This system lacks ${inWords(lack, Number.POSITIVE_INFINITY)}. Install them with its package manager and run the same command again.`,
    )
  if (!isRoot()) {
    const line = `apt-get install -y --no-install-recommends ${known(rowsFor(lack)).join(' ')}`
    if (lack.libraries.length === 0 && !lack.display)
      return say(`Some texts may not be readable: this system lacks ${missing} (sudo ${line})`)
    throw new SetupError(
      `This system lacks ${missing}. Run this, then the same command again:\n\n  sudo apt-get update && sudo ${line}\n`,
    )
  }
  say(`Installing system packages with apt-get: ${missing}…`)
  await alone(() => installPackages(rowsFor(lack)))
  const still = lacking(executable, virtualDisplay)
  if (still.libraries.length > 0 || still.display)
    throw new SetupError(`After installing them this system still lacks ${inWords(still)}.`)
}
