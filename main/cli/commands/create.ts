import type { CliContext } from '../context'
import type { Output } from '../output'
import type { ComposeOptions, GivenFile } from './compose'
import type { CreateFiles, CreateMode } from './create-mode'
import { type SubmitOptions, submitAndFollow } from './submit'

/** The options of `reshoot create`, parsed. */
export interface CreateOptions
  extends Omit<ComposeOptions, 'mode' | 'files' | 'cut' | 'keepAudio'>,
    SubmitOptions {
  mode: CreateMode
  given: CreateFiles
}

const filesOf = (given: CreateFiles): GivenFile[] => {
  const single = (role: GivenFile['role'], path: string | undefined): GivenFile[] =>
    path === undefined ? [] : [{ role, path }]
  return [
    ...single('first-frame', given.firstFrame),
    ...single('clip', given.clip),
    ...single('last-frame', given.lastFrame),
    ...given.references.map((path) => ({ role: 'reference' as const, path })),
    ...given.voices.map((voice) => ({ role: 'voice' as const, ...voice })),
    ...single('sound', given.sound),
  ]
}

/** `reshoot create`: checks and submits a new video, then waits for it unless `--no-wait` is given. */
export const create = async (
  { given, ...options }: CreateOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const composed = { ...options, files: filesOf(given), cut: 0, keepAudio: false }
  return await submitAndFollow(composed, context, output)
}
