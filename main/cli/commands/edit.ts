import type { CliContext } from '../context'
import type { Output } from '../output'
import type { ComposeOptions } from './compose'
import { type SubmitOptions, submitAndFollow } from './submit'

/** The options of `reshoot edit`, parsed. */
export interface EditOptions
  extends Omit<ComposeOptions, 'mode' | 'files' | 'duration'>,
    SubmitOptions {
  clip: string
  images: readonly string[]
}

/** `reshoot edit`: checks and submits, then waits for the result unless `--no-wait` is given. */
export const edit = async (
  { clip, images, ...options }: EditOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const files = [
    { role: 'clip' as const, path: clip },
    ...images.map((path) => ({ role: 'reference-image' as const, path })),
  ]
  const composed = { ...options, mode: 'edit' as const, files, duration: null }
  return await submitAndFollow(composed, context, output)
}
