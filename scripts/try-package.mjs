import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { steps } from './demo/steps.mjs'
import { joinWindow } from './demo/window.mjs'
import { openCleanRoot } from './package/clean-root.mjs'
import { appVersion, artefact } from './package/target.mjs'
import { startVirtualDisplay } from './setup/display.mjs'
import { runForeground } from './setup/processes.mjs'
import { at, hasProgram, isRoot } from './setup/project.mjs'
import { command, SetupError } from './setup/say.mjs'

/** @typedef {Awaited<ReturnType<typeof openCleanRoot>>} CleanRoot */

const print = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)

/** @param {unknown} condition @param {string} claim @param {string} [evidence] */
const claimed = (condition, claim, evidence = '') => {
  if (!condition) throw new SetupError(`Not so: ${claim}\n${evidence}`)
  print(`✓ ${claim}`)
}

/** The address on which the app offers Chromium's DevTools. @param {import('node:child_process').ChildProcess} child */
const devTools = (child) =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said += text
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) resolve(String(found[1]))
    })
    child.once('exit', (code) => reject(new SetupError(`The app ended (${code}):\n${said}`)))
  })

/** The renderer processes of the installed app. */
const renderers = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        // Chromium separates its children's words by spaces.
        const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const ours = words.includes('/opt/reshoot/') && words.includes(' --type=renderer')
        return ours ? [readFileSync(`/proc/${id}/status`, 'utf8')] : []
      } catch {
        return [] // it has ended
      }
    })

/** Runs the demo in the installed app, and opens a clip by its type. @param {CleanRoot} debian */
const tryWindow = async (debian) => {
  const { environment, stop } = await startVirtualDisplay()
  const display = { DISPLAY: environment.DISPLAY }
  const app = debian.start(['reshoot', '--remote-debugging-port=0'], display)
  const { page, leave } = await joinWindow(await devTools(app.child))
  page.setDefaultTimeout(90_000)
  claimed(true, 'the window opens for an ordinary user')
  const [status = ''] = renderers()
  claimed(
    /Seccomp:\s+2/.test(status) && /NoNewPrivs:\s+1/.test(status) && !/Uid:\s+0/.test(status),
    "its pages are in Chromium's sandbox (seccomp filter, no new privileges)",
    status,
  )
  for (const step of steps) {
    const outcome = await step.perform(page)
    print(`  ${step.title.padEnd(10)} ${typeof outcome === 'string' ? outcome : outcome.detail}`)
  }
  claimed(true, 'the demo runs from drop to library')
  const opened = await debian.run(['xdg-open', '/home/person/Opened by its type.mp4'], display)
  await page.getByTestId('clip-row').filter({ hasText: 'Opened by its type' }).waitFor()
  claimed(opened.code === 0, 'a clip opens in it by its MIME type (xdg-open)', opened.output)
  await leave()
  app.stop()
  await pause(2_000)
  stop()
}

/** What packages of Debian that it needs leave behind. */
const ofDebian = new Set(['/etc/machine-id', '/etc/mtab', '/var/lib/private'])

/** @param {string} folder An empty one. */
const inside = async (folder) => {
  const deb = artefact({ platform: 'linux', arch: 'x64', version: appVersion() }, '.deb')
  if (!existsSync(deb)) throw new SetupError(`There is no ${deb}: run npm run package first.`)
  const debian = await openCleanRoot(folder)
  await debian.asRoot('apt-get', 'update', '-q')
  // What every desktop has: it knows the types of files and which program opens them.
  const desktop = ['desktop-file-utils', 'shared-mime-info', 'file', 'xdg-utils']
  await debian.asRoot('apt-get', 'install', '-y', '-q', '--no-install-recommends', ...desktop)
  const sample = at('resources', 'sample.mp4')
  for (const place of [sample, '/home/person/sample.mp4', '/home/person/Opened by its type.mp4'])
    await debian.give(sample, place)
  const before = debian.files()
  await debian.give(deb, '/tmp/reshoot.deb')
  await debian.asRoot(
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    '/tmp/reshoot.deb',
  )
  claimed(existsSync(join(debian.root, 'usr/bin/reshoot')), 'the .deb installs on a bare Debian 12')
  const checked = await debian.run(['reshoot', 'check', '--json', 'sample.mp4'])
  const report = JSON.parse(checked.output.split('\n').find((line) => line.startsWith('{')) ?? '{}')
  claimed(
    checked.code === 1 &&
      report.verdict === 'fail' &&
      checked.output.trim().split('\n').length === 1,
    '`reshoot check` answers without a display, and prints nothing else',
    checked.output,
  )
  await debian.give(at('resources', 'icon', '512.png'), '/home/person/picture.png')
  const picture = await debian.run(['reshoot', 'check', 'picture.png'])
  claimed(
    /^ {2}fail {2}alpha: /m.test(picture.output),
    'it finds transparent pixels, so its process for pictures works',
    picture.output,
  )
  const version = await debian.run(['reshoot', '--version'])
  claimed(version.output.trim() === appVersion(), '`reshoot --version`', version.output)
  const asNode = await debian.run(['/opt/reshoot/reshoot', '-e', 'console.log("ran")'], {
    ELECTRON_RUN_AS_NODE: '1',
  })
  claimed(!asNode.output.includes('ran'), 'the app cannot be used as Node', asNode.output)
  await tryWindow(debian)
  await debian.asRoot('apt-get', 'purge', '-y', '-q', 'reshoot')
  await debian.asRoot('apt-get', 'autoremove', '--purge', '-y', '-q')
  const stayed = [...debian.files()].filter((file) => !before.has(file) && !ofDebian.has(file))
  claimed(
    stayed.length === 0 && !existsSync(join(debian.root, 'opt/reshoot')),
    'nothing of it stays after it is removed',
    stayed.slice(0, 20).join('\n'),
  )
  claimed(
    existsSync(join(debian.home, '.config/Reshoot/reshoot.db')) ||
      existsSync(join(debian.home, '.config/Reshoot')),
    "but the person's own files",
  )
  return 0
}

/** `npm run try-package` installs the .deb in dist/ on a bare Debian, uses it as an ordinary user, and removes it. */
const main = async () => {
  const folder = process.argv[process.argv.indexOf('--inside') + 1]
  if (process.argv.includes('--inside')) return inside(String(folder))
  if (process.platform !== 'linux' || !isRoot())
    throw new SetupError(
      'The package is tried in a folder with a bare Debian: run this as root on Linux.',
    )
  const missing = ['debootstrap', 'Xvfb', 'unshare'].filter((name) => !hasProgram(name))
  if (missing.length > 0) throw new SetupError(`Install these first: ${missing.join(', ')}.`)
  const clean = mkdtempSync(join(tmpdir(), 'reshoot-clean-'))
  chmodSync(clean, 0o755)
  try {
    const words = ['--mount', '--propagation', 'private', process.execPath]
    return await runForeground(
      'unshare',
      [...words, at('scripts', 'try-package.mjs'), '--inside', clean],
      { env: process.env },
    )
  } finally {
    rmSync(clean, { recursive: true, force: true, maxRetries: 5 })
  }
}

await command(main)
