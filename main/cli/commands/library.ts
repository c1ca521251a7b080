import { printable } from '../../tools/quote'
import { type CliContext, exitCode } from '../context'
import { withServices } from '../open'
import type { Output } from '../output'
import { entryForPrograms } from '../words/jobs'

/** `reshoot library`: lists the files of the results, newest first. */
export const library = async (
  options: { json: boolean; home: string | undefined },
  context: CliContext,
  output: Output,
): Promise<number> =>
  await withServices(options.home, context, output, async ({ services, speak }) => {
    await services.library.rebuild(context.signal)
    const entries = services.library.list({ words: '', providers: [] })
    for (const entry of entries) {
      if (output.closed()) break
      const path = services.library.pathOf(entry.id)
      if (options.json) output.json(entryForPrograms(entry, path))
      else {
        const missing = entry.missing ? `  (${speak('cli.missing_file')})` : ''
        output.line(`${printable(path ?? '')}${missing}`)
      }
    }
    if (entries.length === 0 && !options.json) output.notice(speak('cli.no_results'))
    return exitCode.done
  })
