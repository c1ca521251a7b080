import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { folderBytes } from '../../scripts/package/sums.mjs'
import { appVersion, artefact } from '../../scripts/package/target.mjs'
import { alone, type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 7

const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env

/** The package that `npm run package` made on Linux: its size, and a command in it. Without one, there are no rows. */
export const benchPackaged = async (): Promise<BenchRow[]> => {
  const folder = artefact({ platform: 'linux', arch: 'x64', version: appVersion() }, '')
  const launcher = join(folder, 'bin', 'reshoot')
  if (process.platform !== 'linux' || !existsSync(launcher)) return []
  // Or Electron's Node would also count what is in the archive.
  Object.assign(process, { noAsar: true })
  const over = (folderBytes(folder) - folderBytes(dirname(process.execPath))) / 1e6
  const checkout = resolve('scripts', 'reshoot.mjs')
  const times: Record<'packaged' | 'checkout', number[]> = { packaged: [], checkout: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.checkout.push(await timed(() => run('node', [checkout, '--version'], { env })))
    times.packaged.push(await timed(() => run(launcher, ['--version'], { env })))
  }
  return [
    alone('size of the package above that of Electron', over, 140, 'MB'),
    compared(
      'a command of the package against one of the checkout',
      median(times.packaged),
      median(times.checkout),
      1.3,
      'ms',
    ),
  ]
}
