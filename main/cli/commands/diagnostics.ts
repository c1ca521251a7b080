import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { throughTemporary } from '../../files/temporary-file'
import { resolveHome } from '../../home'
import { plainSecretBox } from '../../settings/plain-secret-box'
import { type CliContext, exitCode } from '../context'
import type { Output } from '../output'

export interface DiagnosticsOptions {
  /** Where the report is written; null for stdout. */
  file: string | null
  json: boolean
  home: string | undefined
}

/** `reshoot diagnostics`: prints a report, also of a home that cannot be opened; makes no home. */
export const diagnostics = async (
  options: DiagnosticsOptions,
  context: CliContext,
  output: Output,
): Promise<number> => {
  const [{ diagnose }, { reportText }] = await Promise.all([
    import('../../services/diagnose'),
    import('../../diagnostics/report'),
    context.ready,
  ])
  const sections = await diagnose({
    home: resolveHome({ home: options.home, env: context.env }),
    env: context.env,
    secretBox: context.secretBox ?? plainSecretBox,
    ...(context.systemProxy ? { systemProxy: context.systemProxy } : {}),
  })
  const report = options.json ? JSON.stringify({ sections }) : reportText(sections)
  if (options.file === null) output.line(report)
  else
    await throughTemporary(path.resolve(context.cwd, options.file), (temporary) =>
      writeFile(temporary, `${report}\n`),
    )
  return exitCode.done
}
