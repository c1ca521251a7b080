import { basename, dirname } from 'node:path'
import { run, tail } from '../setup/processes.mjs'
import { SetupError } from '../setup/say.mjs'
import { artefact } from './target.mjs'

/**
 * Makes a .tar.gz of a finished folder. It unpacks into one folder, owned by the person who unpacks it.
 *
 * @param {import('./target.mjs').Target} target
 * @returns {Promise<string>} its path
 * @throws {SetupError} with tar's output
 */
export const makeArchive = async (target) => {
  const file = artefact(target, '.tar.gz')
  const { code, output } = await run(
    'tar',
    ['-czf', file, '--owner=0', '--group=0', '-C', dirname(target.folder), basename(target.folder)],
    { seconds: 1800 },
  )
  if (code !== 0) throw new SetupError(`tar failed:\n${tail(output)}`)
  return file
}
