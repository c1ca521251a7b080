import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { count, makeFiles } from './preflight'
import { alone, type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 5

/** Milliseconds. What a file is like is kept once it has rested for three seconds. */
const rest = 3_500

const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
const script = resolve('out/main/cli.js')
const maxBuffer = 1 << 26

/** A command of ours in a process of its own. `check` exits with 1, because some of the files fail. */
const ours = (...argv: string[]) =>
  run(process.execPath, [script, ...argv], { env, maxBuffer }).catch(() => {})
const mediaConch = (files: readonly string[]) =>
  run('mediaconch', [...files], { maxBuffer }).catch(() => {})

const isInstalled = (): Promise<boolean> =>
  run('mediaconch', ['--version']).then(
    () => true,
    () => false,
  )

/** `check` in a terminal, whole processes: new files against MediaConch, unchanged files against the bare start, one file. */
export const benchTerminal = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const home = join(folder, 'home')
  const noHome = join(folder, 'nowhere')
  try {
    const files = await makeFiles(folder)
    await mkdir(home)
    await sleep(rest)
    await ours('check', '--home', home, ...files)
    const compares = await isInstalled()
    const times: Record<'fresh' | 'theirs' | 'again' | 'start' | 'one', number[]> = {
      fresh: [],
      theirs: [],
      again: [],
      start: [],
      one: [],
    }
    for (let round = 0; round < rounds; round += 1) {
      if (compares) times.theirs.push(await timed(() => mediaConch(files)))
      times.fresh.push(await timed(() => ours('check', '--home', noHome, ...files)))
      times.start.push(await timed(() => ours('--version')))
      times.again.push(await timed(() => ours('check', '--home', home, ...files)))
      times.one.push(await timed(() => ours('check', '--home', noHome, files[0] ?? '')))
    }
    const fresh = `check of ${count} new clips in a terminal`
    return [
      compares
        ? compared(
            `${fresh} against MediaConch`,
            median(times.fresh),
            median(times.theirs),
            2.5,
            'ms',
          )
        : alone(`${fresh} (MediaConch is not installed)`, median(times.fresh), 1000, 'ms'),
      compared(
        'the same unchanged, against --version',
        median(times.again),
        median(times.start),
        1.5,
        'ms',
      ),
      alone('check of one clip, whole process', median(times.one), 350, 'ms'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
