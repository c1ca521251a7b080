import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { threadId } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { testPath } from './test-tools'

const root = path.resolve(import.meta.dirname, '../..')
/** Inside node_modules, where the bundle finds the packages that it does not contain. */
const folder = path.join(root, 'node_modules', '.cache', 'reshoot-test-cli')

/** Loaded before the app, kills it at the step that KILL_AT names. */
export const killAtStep = path.join(import.meta.dirname, 'kill-at.mjs')

let built: Promise<string> | null = null

/** Bundles main/cli.ts as electron.vite.config.ts does, once for this process. Gives the script's path. */
export const buildCli = (): Promise<string> => {
  built ??= bundle()
  return built
}

const bundle = async (): Promise<string> => {
  const { build } = await import('vite')
  const outDir = path.join(folder, `${process.pid}-${threadId}`)
  forgetOldBuilds()
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: {
      target: 'node',
      noExternal: true,
      external: ['sharp', 'ffprobe-static', 'fluent-ffmpeg', '@ffmpeg-installer/ffmpeg'],
    },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: {
        input: {
          cli: path.join(root, 'main/cli.ts'),
          pictures: path.join(root, 'main/media/images/picture-process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return path.join(outDir, 'cli.mjs')
}

/** Removes builds of earlier runs. Builds of other workers are still in use. */
const forgetOldBuilds = (): void => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const old = path.join(folder, name)
    const found = statSync(old, { throwIfNoEntry: false }) // another worker tidies up as well
    if (!found) continue
    const hours = (Date.now() - found.mtimeMs) / 3_600_000
    if (hours > 1) rmSync(old, { recursive: true, force: true, maxRetries: 3 })
  }
}

export interface CliProcess {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** The exit code (null after a signal), once both streams are read. */
  ended: Promise<number | null>
  /** Waits until stderr or stdout has the text. */
  says: (text: string) => Promise<void>
}

export const startCli = async (
  argv: readonly string[],
  options: {
    cwd?: string
    env?: NodeJS.ProcessEnv
    /** The script, where it is built. Default: `buildCli`. */
    script?: string
    /** A module that is loaded before the script. */
    before?: string
  } = {},
): Promise<CliProcess> => {
  const script = options.script ?? (await buildCli())
  const before = options.before ? ['-r', options.before] : []
  const child = spawn(process.execPath, [...before, script, ...argv], {
    cwd: options.cwd ?? root,
    env: {
      PATH: testPath,
      ELECTRON_RUN_AS_NODE: '1',
      LANG: 'en_US.UTF-8',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [out, err] = ['', '']
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of waiting) look()
  }
  child.stdout?.on('data', (chunk) => {
    out += String(chunk)
    wake()
  })
  child.stderr?.on('data', (chunk) => {
    err += String(chunk)
    wake()
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    ended,
    says: (text) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const look = () => {
        if (!(out + err).includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`It ended without saying ${text}:\n${out}${err}`)))
      return promise
    },
  }
}
