import type { Clock } from '../clock'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Sandbox } from '../sandbox/sandbox'
import { askFfmpeg } from '../tools/run-ffmpeg'
import type { ToolPaths } from '../tools/tool-paths'

export interface LazySandboxOptions {
  folder: string
  env: NodeJS.ProcessEnv
  media: Pick<MediaTools, 'inspect'>
  tools: ToolPaths
  clock: Clock
  log: Log
}

/** The Sandbox, loaded and started when a job first asks for it: most runs of the command line never do. */
export const sandboxWhenNeeded = (options: LazySandboxOptions): Sandbox => {
  let made: Promise<Sandbox> | null = null
  return {
    start: async () => {
      made ??= make(options)
      return await (await made).start()
    },
    stop: async () => {
      await (await made)?.stop()
    },
  }
}

const make = async ({ folder, env, media, tools, clock, log }: LazySandboxOptions) => {
  const { createSandbox, speedOf } = await import('../sandbox/sandbox')
  return createSandbox({
    folder,
    inspect: (file) => media.inspect(file),
    runFfmpeg: (args, { signal, timeLimit }) =>
      askFfmpeg(tools.ffmpeg(), args, { name: 'Sandbox', timeout: timeLimit, signal }),
    clock,
    speed: speedOf(env['RESHOOT_SANDBOX_SPEED']),
    onProblem: (error) => log.warn('The Sandbox had a problem', { error }),
  })
}
