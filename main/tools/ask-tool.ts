import { mediaError } from './media-error'
import { limitTool, runTool, type ToolOptions, type ToolRun } from './run-tool'
import { startToolHelper, type ToolHelper } from './tool-helper'

/** Milliseconds after which idle helpers are ended. */
const maxIdle = 2000

/** A shell's exit codes for a file that it could not run. */
const notRun = [126, 127]

/** Idle helpers, by the command that they run. */
const idle = new Map<string, ToolHelper[]>()
let ending: NodeJS.Timeout | undefined

const endIdle = () => {
  for (const helper of [...idle.values()].flat()) helper.kill()
  idle.clear()
}

const idleHelper = (command: string): ToolHelper | undefined => {
  const helpers = idle.get(command) ?? []
  for (let helper = helpers.pop(); helper; helper = helpers.pop()) if (helper.alive()) return helper
  return undefined
}

const keepIdle = (command: string, helper: ToolHelper) => {
  if (!helper.alive()) return
  idle.set(command, [...(idle.get(command) ?? []), helper])
  clearTimeout(ending)
  ending = setTimeout(endIdle, maxIdle).unref()
}

/** Never rejects. Null if the helper died and this process did not kill it. */
const askHelper = async (
  helper: ToolHelper,
  input: string,
  options: Omit<ToolOptions, 'onOutput'>,
): Promise<ToolRun | null> => {
  const limited = limitTool(options, helper.kill)
  const code = await helper.ask(input, limited.add)
  const run = limited.finish()
  if (code === 'lost' && run.ended === null && !options.signal?.aborted) return null
  return { code: code === 'lost' ? null : code, stderr: '', ...run }
}

/**
 * Does what `runTool` does, for a tool that is run on hundreds of files for a few milliseconds each: through a helper
 * where that is faster. `input` is the last argument; stderr is not kept. If the helper dies, the tool is run once more
 * without one, so the time limit may apply twice.
 */
export const askTool = async (
  tool: string,
  args: readonly string[],
  input: string,
  options: Omit<ToolOptions, 'onOutput'>,
): Promise<ToolRun> => {
  options.signal?.throwIfAborted()
  // Windows starts a process without copying this one. A line break would end the helper's line, and some shells
  // change other control characters.
  const direct = process.platform === 'win32' || /\p{Cc}/u.test(input)
  const command = JSON.stringify([tool, args])
  const helper = direct ? null : (idleHelper(command) ?? startToolHelper(tool, args))
  const run = helper && (await askHelper(helper, input, options))
  if (helper) keepIdle(command, helper)
  options.signal?.throwIfAborted()
  if (!run) return runTool(tool, [...args, input], options)
  if (run.code !== null && notRun.includes(run.code))
    throw mediaError('tool-missing', { path: tool }, `exit code ${run.code}`)
  return run
}
