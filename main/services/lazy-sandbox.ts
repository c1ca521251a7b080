import type { Clock } from '../clock'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Sandbox } from '../sandbox/sandbox'
import { askFfmpeg } from '../tools/run-ffmpeg'
import type { ToolPaths } from '../tools/tool-paths'

interface LazySandboxOptions {
  folder: string
  env: NodeJS.ProcessEnv
  media: Pick<MediaTools, 'inspect'>
  tools: ToolPaths
  clock: Clock
  log: Log
}

/** A Sandbox that is loaded when it is first started: most commands never use it. */
export const createLazySandbox = (options: LazySandboxOptions): Sandbox => {
  let loaded: Promise<Sandbox> | null = null
  return {
    start: async () => {
      loaded ??= load(options)
      return await (await loaded).start()
    },
    stop: async () => {
      await (await loaded)?.stop()
    },
  }
}

const load = async ({ folder, env, media, tools, clock, log }: LazySandboxOptions) => {
  const { createSandbox, speedOf } = await import('../sandbox/sandbox')
  return createSandbox({
    folder,
    inspect: (file) => media.inspect(file),
    runFfmpeg: async (args, { signal, timeLimit }) => {
      await tools.settle()
      return await askFfmpeg(tools.ffmpeg(), args, { name: 'Sandbox', timeout: timeLimit, signal })
    },
    clock,
    speed: speedOf(env['RESHOOT_SANDBOX_SPEED']),
    onProblem: (error) => log.warn('The Sandbox had a problem', { error }),
  })
}
