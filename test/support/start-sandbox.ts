import { statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../main/clock'
import { inspectFile } from '../../main/media/inspect'
import { createDashScope } from '../../main/providers/dashscope/adapter'
import { createHttp } from '../../main/providers/http/http'
import type { Provider, RequestFile, TaskStatus } from '../../main/providers/provider'
import { createSandbox, type Sandbox, type SandboxOptions } from '../../main/sandbox/sandbox'
import type { RunFfmpeg } from '../../main/sandbox/task-worker'
import { runTool } from '../../main/tools/run-tool'
import { bundledFfmpeg } from '../../main/tools/tool-paths'
import { editOptions, providerRows } from '../../preload/contract'
import { testTools } from './test-tools'

/** The bundled ffmpeg, as the Sandbox runs it. */
export const runFfmpeg: RunFfmpeg = async (args, { signal, timeLimit }) => {
  const run = await runTool(bundledFfmpeg(), args, { timeout: timeLimit, signal })
  if (run.code !== 0) throw new Error(run.stderr)
}

/** Replaces rendering where it does not matter: the result is the clip itself. */
const copyClip: RunFfmpeg = (args) =>
  copyFile(args[args.indexOf('-i') + 1] ?? '', args.at(-1) ?? '')

export const inspect = (path: string) => inspectFile(path, testTools)

export interface RunningSandbox {
  sandbox: Sandbox
  url: string
  token: string
  provider: Provider
  problems: unknown[]
}

/**
 * A Sandbox in this folder, connected through the app's own adapter; stops with the test.
 * It returns clips unchanged unless `runFfmpeg` is given.
 */
export const startSandbox = async (
  folder: string,
  more: Partial<SandboxOptions> = {},
): Promise<RunningSandbox> => {
  const problems: unknown[] = []
  const sandbox = createSandbox({
    folder,
    inspect,
    runFfmpeg: copyClip,
    clock: systemClock,
    speed: 50,
    onProblem: (error) => problems.push(error),
    ...more,
  })
  const { url, token } = await sandbox.start()
  const http = createHttp()
  onTestFinished(async () => {
    await sandbox.stop()
    await http.close()
  })
  let names = 0
  const provider = createDashScope({
    row: providerRows.sandbox,
    baseUrl: url,
    key: () => token,
    http,
    clock: systemClock,
    unique: () => `file-${process.pid}-${++names}`,
  })
  return { sandbox, url, token, provider, problems }
}

export const call = () => ({ signal: AbortSignal.timeout(100_000) })

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
}

/** Uploads a file through the adapter; gives its address. */
export const uploadTo = async (provider: Provider, path: string): Promise<string> => {
  const file = {
    path,
    name: basename(path),
    contentType: types[extname(path)] ?? 'application/octet-stream',
    bytes: statSync(path).size,
  }
  return (await provider.upload?.('edit', file, call())) ?? ''
}

/** Uploads and creates; gives the task's id. */
export const submit = async (
  provider: Provider,
  edit: {
    clip: string
    prompt?: string
    images?: readonly string[]
    options?: Parameters<typeof editOptions.parse>[0]
  },
): Promise<string> => {
  const images: RequestFile[] = []
  for (const path of edit.images ?? [])
    images.push({ role: 'reference-image', url: await uploadTo(provider, path) })
  const url = await uploadTo(provider, edit.clip)
  const created = await provider.create(
    {
      mode: 'edit',
      media: [{ role: 'clip', url, size: { width: 320, height: 240 } }, ...images],
      prompt: edit.prompt ?? '',
      negativePrompt: '',
      options: editOptions.parse(edit.options ?? {}),
    },
    call(),
  )
  return created.taskId
}

/** Polls until the task has ended; gives every different status. */
export const follow = async (
  provider: Provider,
  taskId: string,
): Promise<{ last: TaskStatus; seen: string[] }> => {
  const seen: string[] = []
  for (;;) {
    const last = await provider.query(taskId, call())
    if (seen.at(-1) !== last.status) seen.push(last.status)
    if (last.status !== 'pending' && last.status !== 'running') return { last, seen }
    await systemClock.sleep(20)
  }
}
