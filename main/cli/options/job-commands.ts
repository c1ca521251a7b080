import type { Commands } from './commands'

interface Words {
  json?: boolean
}

/** `jobs`, `resume`, `cancel`, `library`: what became of edits. */
export const addJobCommands = ({ program, home, run, speak, values }: Commands): void => {
  program
    .command('jobs')
    .description(speak('usage.jobs'))
    .option('--json', speak('usage.json_lines'))
    .action(async ({ json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/jobs')).jobs({ json, home: home() }, ...given),
      )
    })
  program
    .command('resume')
    .description(speak('usage.resume'))
    .option('--json', speak('usage.json_lines'))
    .action(async ({ json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/resume')).resume({ json, home: home() }, ...given),
      )
    })
  program
    .command('cancel')
    .description(speak('usage.cancel'))
    .argument('<id>', speak('usage.cancel_id'), values.notEmpty)
    .option('--json', speak('usage.json'))
    .action(async (id: string, { json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/cancel')).cancel({ id, json, home: home() }, ...given),
      )
    })
  program
    .command('library')
    .description(speak('usage.library'))
    .option('--json', speak('usage.json_lines'))
    .action(async ({ json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/library')).library({ json, home: home() }, ...given),
      )
    })
}
