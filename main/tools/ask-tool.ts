import { mediaError } from './media-error'
import { runTool, type ToolOptions, type ToolRun } from './run-tool'
import { startToolHelper, type ToolHelper } from './tool-helper'

/** Milliseconds after which helpers that nobody needs leave. */
const rest = 2000

/** A shell's exit codes for a file that it could not run. */
const notRun = [126, 127]

/** Helpers at rest, by what they run. */
const resting = new Map<string, ToolHelper[]>()
let leaving: NodeJS.Timeout | undefined

const dismiss = () => {
  for (const helper of [...resting.values()].flat()) helper.kill()
  resting.clear()
}

const rested = (name: string): ToolHelper | undefined => {
  const helpers = resting.get(name) ?? []
  for (let helper = helpers.pop(); helper; helper = helpers.pop()) if (helper.alive()) return helper
  return undefined
}

const toRest = (name: string, helper: ToolHelper) => {
  if (!helper.alive()) return
  resting.set(name, [...(resting.get(name) ?? []), helper])
  clearTimeout(leaving)
  leaving = setTimeout(dismiss, rest).unref()
}

/** Never rejects. Gives null when the helper was lost without this process having ended it. */
const askHelper = async (
  helper: ToolHelper,
  input: string,
  { timeout, signal, maxOutput = 1 << 22 }: ToolOptions,
): Promise<ToolRun | null> => {
  const chunks: Buffer[] = []
  let size = 0
  let ended: ToolRun['ended'] = null
  let stopped = false
  const end = (why: ToolRun['ended']) => {
    stopped = true
    ended ??= why
    helper.kill()
  }
  const stop = () => end(null)
  const timer = setTimeout(() => end('timeout'), timeout)
  signal?.addEventListener('abort', stop, { once: true })
  const code = await helper.ask(input, (piece) => {
    size += piece.length
    if (size > maxOutput) end('too-much')
    else chunks.push(piece)
  })
  clearTimeout(timer)
  signal?.removeEventListener('abort', stop)
  if (code === 'lost' && !stopped) return null
  return { code: code === 'lost' ? null : code, stdout: Buffer.concat(chunks), stderr: '', ended }
}

/**
 * As `runTool`, for a tool that is asked of hundreds of files, a few milliseconds each: `input` is its last
 * argument, and what it says of errors is not kept. Runs by way of a helper where that is quicker; where the
 * helper is lost, once more without one, so that it may take twice the time limit.
 */
export const askTool = async (
  tool: string,
  args: readonly string[],
  input: string,
  options: ToolOptions,
): Promise<ToolRun> => {
  options.signal?.throwIfAborted()
  // Windows starts a process without copying this one. A line break would end the helper's line, and not every
  // shell reads other control characters as they are.
  const direct = process.platform === 'win32' || /\p{Cc}/u.test(input)
  const name = JSON.stringify([tool, args])
  const helper = direct ? null : (rested(name) ?? startToolHelper(tool, args))
  const run = helper && (await askHelper(helper, input, options))
  if (helper) toRest(name, helper)
  options.signal?.throwIfAborted()
  if (!run) return runTool(tool, [...args, input], options)
  if (run.code !== null && notRun.includes(run.code))
    throw mediaError('tool-missing', { path: tool }, `exit code ${run.code}`)
  return run
}
