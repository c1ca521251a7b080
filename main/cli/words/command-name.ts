import path from 'node:path'
import { commandLine } from '../../tools/quote'

const isInside = (folder: string, root: string): boolean => {
  const way = path.relative(root, folder)
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way))
}

/**
 * How the person calls the command line, for hints that can be pasted: the npm command if npm started it (with the
 * project's folder if the working directory is elsewhere), else `reshoot`. Quoted for a shell.
 */
export const commandName = (env: NodeJS.ProcessEnv, cwd: string): string => {
  const project = env['npm_package_json']
  if (env['npm_lifecycle_event'] !== 'reshoot' || !project) return 'reshoot'
  const root = path.dirname(project)
  const where = isInside(cwd, root) ? [] : ['--prefix', root]
  return commandLine(['npm', ...where, 'run', '-s', 'reshoot', '--'])
}
