import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, startBackground, tail } from '../setup/processes.mjs'
import { cacheFolder } from '../setup/project.mjs'
import { SetupError, say } from '../setup/say.mjs'

const release = 'bookworm'
const person = { name: 'person', id: '1000' }

/** @param {string} program @param {string[]} args @param {number} minutes */
const must = async (program, args, minutes = 15) => {
  const { code, output } = await run(program, args, { seconds: minutes * 60 })
  if (code !== 0) throw new SetupError(`${program} ${args.join(' ')} failed:\n${tail(output, 15)}`)
  return output
}

/** A bare Debian, downloaded once. @returns {Promise<string>} a .tar */
const bareDebian = async () => {
  const file = join(cacheFolder(), `debian-${release}.tar`)
  if (existsSync(file)) return file
  say(`Getting a bare Debian 12… (once)`)
  const folder = mkdtempSync(join(tmpdir(), 'reshoot-debian-'))
  try {
    await must('debootstrap', ['--variant=minbase', release, folder], 30)
    await must('tar', ['-cf', `${file}.part`, '-C', folder, '.'])
    renameSync(`${file}.part`, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return file
}

/** Variables of a person who has just logged in. @param {NodeJS.ProcessEnv} more */
const login = (more) => ({
  HOME: `/home/${person.name}`,
  USER: person.name,
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  LANGUAGE: 'en',
  ...more,
})

/** Files that a package manager keeps for itself, or that every process changes. */
const notCompared =
  /^(\/(dev|proc|sys|tmp|home|root|run)(\/|$)|\/var\/(lib\/(apt|dpkg|systemd)|cache|log)(\/|$))/

const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty']

/** The system's folders that programs need. @param {string} root */
const mountSystem = async (root) => {
  const dev = join(root, 'dev')
  await must('mount', ['-t', 'proc', 'proc', join(root, 'proc')])
  await must('mount', ['-t', 'sysfs', 'sys', join(root, 'sys')])
  await must('mount', ['-t', 'tmpfs', 'dev', dev])
  for (const name of devices) {
    writeFileSync(join(dev, name), '')
    await must('mount', ['--bind', `/dev/${name}`, join(dev, name)])
  }
  mkdirSync(join(dev, 'shm'))
  chmodSync(join(dev, 'shm'), 0o1777)
  symlinkSync('/proc/self/fd', join(dev, 'fd'))
  // The sockets of virtual displays.
  const sockets = join(root, 'tmp', '.X11-unix')
  mkdirSync(sockets, { recursive: true })
  await must('mount', ['--bind', '/tmp/.X11-unix', sockets])
}

/**
 * A bare Debian 12 in an empty folder, with an ordinary user. Call inside a mount namespace of its own: what is mounted
 * goes with the process, and the folder is removed from outside.
 *
 * @param {string} root
 */
export const openCleanRoot = async (root) => {
  await must('tar', ['-xpf', await bareDebian(), '-C', root])
  await mountSystem(root)
  const asRoot = (/** @type {string[]} */ ...words) =>
    must('chroot', [root, 'env', 'DEBIAN_FRONTEND=noninteractive', ...words], 30)
  for (const name of ['resolv.conf', 'hosts'])
    if (existsSync(`/etc/${name}`))
      await must('cp', ['-L', `/etc/${name}`, join(root, 'etc', name)])
  // The registry or proxy that this machine's apt uses.
  for (const name of readdirSync('/etc/apt/apt.conf.d').filter((each) =>
    /proxy|registry/.test(each),
  ))
    await must('cp', [`/etc/apt/apt.conf.d/${name}`, join(root, 'etc', 'apt', 'apt.conf.d', name)])
  await asRoot('useradd', '--create-home', '--uid', person.id, person.name)
  const asPerson = (/** @type {string[]} */ words, /** @type {NodeJS.ProcessEnv} */ more = {}) => {
    const variables = Object.entries(login(more)).map(([name, value]) => `${name}=${value}`)
    const user = `--userspec=${person.id}:${person.id}`
    return ['chroot', user, root, 'env', '-i', '-C', login({}).HOME, ...variables, ...words]
  }
  return {
    root,
    home: join(root, 'home', person.name),
    asRoot,
    /** Runs a command as the person to its end. @param {string[]} words @param {NodeJS.ProcessEnv} [more] */
    run: (words, more) => {
      const [program = '', ...args] = asPerson(words, more)
      return run(program, args, { seconds: 120 })
    },
    /** Starts a command as the person. @param {string[]} words @param {NodeJS.ProcessEnv} more */
    start: (words, more) => {
      const [program = '', ...args] = asPerson(words, more)
      return startBackground(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    },
    /** The files of the system, without the person's own and the package manager's. */
    files: () => new Set(listed(root, '')),
    /** Copies a file to where the person can read it. @param {string} from @param {string} to Inside the root. */
    give: async (from, to) => {
      mkdirSync(join(root, to, '..'), { recursive: true })
      await must('install', ['-m', '644', from, join(root, to)])
    },
  }
}

/** @param {string} root @param {string} path @returns {string[]} */
const listed = (root, path) => {
  if (notCompared.test(path)) return []
  const entries = readdirSync(join(root, path), { withFileTypes: true, encoding: 'utf8' })
  return entries.flatMap((entry) => {
    const inner = `${path}/${entry.name}`
    return entry.isDirectory() && !entry.isSymbolicLink()
      ? [inner, ...listed(root, inner)]
      : [inner]
  })
}
