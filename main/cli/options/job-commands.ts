import { Option } from 'commander'
import type { UncertainDecision } from '../../../preload/contract'
import { providerId } from '../../../preload/contract/provider'
import { type Commands, collect, type Run } from './commands'
import { mistake } from './usage-mistakes'

interface Words {
  json?: boolean
}

/** `jobs`, `resume`, `retry`, `settle`, `cancel`, `forget`, `library`. */
export const addJobCommands = (commands: Commands): void => {
  const { program, home, run, speak, values } = commands
  const addList = (name: string, load: () => Promise<ListCommand>): void => {
    program
      .command(name)
      .description(speak(`usage.${name}`))
      .option('--json', speak('usage.json_lines'))
      .action(async ({ json = false }: Words) => {
        await run(async (...given) => (await load())({ json, home: home() }, ...given))
      })
  }
  addList('jobs', async () => (await import('../commands/jobs')).jobs)
  addList('resume', async () => (await import('../commands/resume')).resume)
  addRetry(commands)
  addSettle(commands)
  program
    .command('cancel')
    .description(speak('usage.cancel'))
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .option('--json', speak('usage.json'))
    .action(async (id: string, { json = false }: Words) => {
      await run(async (...given) =>
        (await import('../commands/cancel')).cancel({ id, json, home: home() }, ...given),
      )
    })
  addForget(commands)
  addList('library', async () => (await import('../commands/library')).library)
}

/** A command without arguments that prints a list. */
type ListCommand = (
  options: { json: boolean; home: string | undefined },
  ...given: Parameters<Run>
) => Promise<number>

interface FollowWords {
  yes?: boolean
  wait: boolean
  json?: boolean
}

const followOptionsFrom = ({ yes = false, wait, json = false }: FollowWords) => ({
  yes,
  wait,
  json,
})

interface RetryWords extends FollowWords {
  submit?: boolean
  provider?: string
}

const addRetry = ({ program, home, run, speak, values }: Commands): void => {
  const option = (flags: string, about: string) => new Option(flags, speak(`usage.${about}`))
  const command = program.command('retry').description(speak('usage.retry'))
  command
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .addOption(option('--submit', 'retry_submit'))
    .addOption(option('--provider <id>', 'retry_provider').choices(providerId.options))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json'))
    .action(async (id: string, { submit = false, provider, ...words }: RetryWords) => {
      if (provider !== undefined && !submit) mistake(command, speak, 'usage.provider_needs_submit')
      await run(async (...given) => {
        const { retry } = await import('../commands/retry')
        const chosen = providerId.safeParse(provider).data
        const followed = followOptionsFrom(words)
        return await retry({ id, submit, provider: chosen, home: home(), ...followed }, ...given)
      })
    })
}

interface SettleWords extends FollowWords {
  task?: string
  neverArrived?: true
  submitAgain?: true
  lookAgain?: true
}

const decisionsIn = ({ task, neverArrived, submitAgain, lookAgain }: SettleWords) => {
  const decisions: UncertainDecision[] = []
  if (task !== undefined) decisions.push({ kind: 'arrived', taskId: task })
  if (neverArrived) decisions.push({ kind: 'never-arrived' })
  if (submitAgain) decisions.push({ kind: 'submit-again' })
  if (lookAgain) decisions.push({ kind: 'look-again' })
  return decisions
}

const addSettle = ({ program, home, run, speak, values }: Commands): void => {
  const option = (flags: string, about: string) => new Option(flags, speak(`usage.${about}`))
  const command = program.command('settle').description(speak('usage.settle'))
  command
    .argument('<id>', speak('usage.job_id'), values.notEmpty)
    .addOption(option('--task <id>', 'settle_task').argParser(values.taskId))
    .addOption(option('--never-arrived', 'settle_never_arrived'))
    .addOption(option('--submit-again', 'settle_submit_again'))
    .addOption(option('--look-again', 'settle_look_again'))
    .addOption(option('--yes', 'yes'))
    .addOption(option('--no-wait', 'no_wait'))
    .addOption(option('--json', 'json'))
    .action(async (id: string, words: SettleWords) => {
      const [decision, ...others] = decisionsIn(words)
      if (!decision || others.length > 0) return mistake(command, speak, 'usage.settle_which')
      await run(async (...given) => {
        const { settle } = await import('../commands/settle')
        return await settle({ id, decision, home: home(), ...followOptionsFrom(words) }, ...given)
      })
    })
}

const addForget = ({ program, home, run, speak, values }: Commands): void => {
  program
    .command('forget')
    .description(speak('usage.forget'))
    .argument('<ids...>', speak('usage.job_id'), collect(values.notEmpty))
    .option('--yes', speak('usage.forget_yes'))
    .option('--json', speak('usage.json_lines'))
    .action(async (ids: string[], { yes = false, json = false }: Words & { yes?: boolean }) => {
      await run(async (...given) => {
        const { forget } = await import('../commands/forget')
        return await forget({ ids, yes, json, home: home() }, ...given)
      })
    })
}
