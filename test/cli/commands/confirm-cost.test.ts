import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { confirmCost } from '../../../main/cli/commands/cost'
import { speaker } from '../../../main/cli/words/words'
import { type Estimate, spendingLimits } from '../../../preload/contract'

const costs = (amount: number): Estimate => ({
  currency: 'USD',
  amount,
  bills: 'output',
  seconds: { input: 1, output: 1, billed: 1 },
})

const ask = (amount: number, { answer, yes = false }: { answer?: string; yes?: boolean } = {}) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined })
  const stderr = Object.assign(new PassThrough(), { isTTY: answer !== undefined })
  if (answer === 'end of input') stdin.end()
  else if (answer !== undefined) stdin.write(`${answer}\n`)
  const context = {
    env: {},
    cwd: '.',
    stdin,
    stdout: new PassThrough(),
    stderr,
    signal: new AbortController().signal,
  }
  const limits = spendingLimits.parse({ USD: 1 })
  const speak = speaker('en')
  const asked = confirmCost({ estimates: [costs(amount)], limits, yes, context, speak })
  return { asked, said: () => String(stderr.read() ?? '') }
}

it('does not ask within the limit, or with --yes', async () => {
  await ask(1).asked
  await ask(2, { yes: true }).asked
})

it('continues after a yes in the terminal, and prints the cost', async () => {
  const { asked, said } = ask(1.5, { answer: 'y' })
  await asked
  expect(said()).toContain('may cost 1.5 USD, more than your limit of 1 USD')
})

it.each(['n', '', 'maybe', 'end of input'])('stops after “%s”', async (answer) => {
  await expect(ask(1.5, { answer }).asked).rejects.toMatchObject({ text: { key: 'cli.refused' } })
})

it('refuses without a terminal, and names --yes', async () => {
  const { asked } = ask(1.5)
  await expect(asked).rejects.toMatchObject({ text: { key: 'cli.above_limit' } })
})
