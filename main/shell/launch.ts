import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** The parsed command line. */
export interface Launch {
  /** From `--home`, which has priority over the environment. */
  home: string | undefined
  /** Files to open, absolute. */
  files: string[]
  /** Arguments of a command to run without a window; null opens the window. */
  command: string[] | null
}

interface LaunchContext {
  /** Folder of the app; in development it is an argument itself. */
  appPath: string
  packaged: boolean
  /** Base of relative paths. */
  cwd: string
}

/**
 * Parses `process.argv`. Ignores unknown switches, which belong to Chromium.
 *
 * Everything after `--cli` belongs to the command.
 */
export const readLaunch = (argv: readonly string[], context: LaunchContext): Launch => {
  const own = ownArguments(argv, context)
  const cli = own.indexOf('--cli')
  const before = readOptions(cli === -1 ? own : own.slice(0, cli), context.cwd)
  if (cli === -1) return { ...before, command: null }
  const command = own.slice(cli + 1)
  return {
    home: readOptions(command, context.cwd).home ?? before.home,
    files: [],
    command: before.home ? ['--home', before.home, ...command] : command,
  }
}

const ownArguments = (argv: readonly string[], context: LaunchContext): string[] => {
  const rest = argv.slice(1)
  if (context.packaged) return rest
  const at = rest.findIndex(
    (argument) =>
      !argument.startsWith('-') && path.resolve(context.cwd, argument) === context.appPath,
  )
  return at === -1 ? rest : rest.slice(at + 1)
}

const readOptions = (args: readonly string[], cwd: string) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { home: { type: 'string' } },
    strict: false,
  })
  const { home } = values
  return {
    home: typeof home === 'string' && home !== '' ? path.resolve(cwd, home) : undefined,
    files: positionals.flatMap((file) => filePath(file, cwd)),
  }
}

/** Desktops pass files as paths or as file: URLs. */
const filePath = (argument: string, cwd: string): string[] => {
  if (argument === '') return []
  if (!argument.startsWith('file:')) return [path.resolve(cwd, argument)]
  try {
    return [fileURLToPath(argument)]
  } catch {
    return [] // a file: URL of another computer
  }
}

/** The files that a second instance passes on. Its data is not trusted. */
export const handedFiles = (data: unknown): string[] => {
  if (typeof data !== 'object' || data === null || !('files' in data)) return []
  const { files } = data
  if (!Array.isArray(files)) return []
  return files.filter((file): file is string => typeof file === 'string' && path.isAbsolute(file))
}
