import type { Commands } from './commands'
import { notEmpty } from './option-values'

interface Words {
  json?: boolean
}

/** `jobs`, `resume`, `cancel`, `library`: what became of edits. */
export const addJobCommands = ({ program, home, run }: Commands): void => {
  program
    .command('jobs')
    .description('list the edits, newest first')
    .option('--json', 'one JSON document a line')
    .action(async ({ json = false }: Words) => {
      await run(async (...given) => (await import('./jobs')).jobs({ json, home: home() }, ...given))
    })
  program
    .command('resume')
    .description('drive every unfinished edit to its end')
    .option('--json', 'one JSON document a line')
    .action(async ({ json = false }: Words) => {
      await run(async (...given) =>
        (await import('./resume')).resume({ json, home: home() }, ...given),
      )
    })
  program
    .command('cancel')
    .description('cancel an edit; the beginning of its id is enough')
    .argument('<id>', 'as `jobs` lists it', notEmpty)
    .option('--json', 'one JSON document')
    .action(async (id: string, { json = false }: Words) => {
      await run(async (...given) =>
        (await import('./cancel')).cancel({ id, json, home: home() }, ...given),
      )
    })
  program
    .command('library')
    .description('list the results, newest first')
    .option('--json', 'one JSON document a line')
    .action(async ({ json = false }: Words) => {
      await run(async (...given) =>
        (await import('./library')).library({ json, home: home() }, ...given),
      )
    })
}
