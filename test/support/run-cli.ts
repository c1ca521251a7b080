import { Writable } from 'node:stream'
import { runCli } from '../../main/cli/run-cli'
import { testPath } from './test-tools'

export interface CliRun {
  code: number
  stdout: string
  stderr: string
  /** The lines of stdout, parsed as JSON. */
  documents: () => unknown[]
}

export interface CliRunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  signal?: AbortSignal
  ready?: Promise<unknown>
  /** The system's answer to which proxy an address needs. */
  systemProxy?: (address: string) => Promise<string>
  /** Called with each text written to stderr. */
  onProgress?: (text: string) => void
}

const collector = (onText?: (text: string) => void) => {
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      onText?.(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}

/** Runs a command in this process. */
export const runInProcess = async (
  argv: string[],
  options: CliRunOptions = {},
): Promise<CliRun> => {
  const out = collector()
  const err = collector(options.onProgress)
  const code = await runCli(argv, {
    env: { LANG: 'en_US.UTF-8', PATH: testPath, ...options.env },
    cwd: options.cwd ?? process.cwd(),
    stdout: out.stream,
    stderr: err.stream,
    signal: options.signal ?? new AbortController().signal,
    ...(options.ready ? { ready: options.ready } : {}),
    ...(options.systemProxy ? { systemProxy: options.systemProxy } : {}),
  })
  return {
    code,
    stdout: out.text(),
    stderr: err.text(),
    documents: () =>
      out
        .text()
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
  }
}
