import { describe, expect, it } from 'vitest'
import { billedAtEnd, jobOutcome, jobRemark } from '../../../main/cli/words/jobs'
import { speaker } from '../../../main/cli/words/words'
import {
  type Failure,
  failureAction,
  type Job,
  type Language,
  language,
} from '../../../preload/contract'
import { aJob } from '../../renderer/a-job'

const remark = (different: Partial<Job>, said: Language = 'en') =>
  jobRemark(aJob(different), speaker(said))

const failed = (failure: Partial<Failure>): Partial<Job> => ({
  state: 'failed',
  provider: 'dashscope',
  failure: {
    kind: 'unknown',
    text: { key: 'failure.temporary_service', values: {} },
    action: 'none',
    provider: null,
    ...failure,
  },
})

const billed = { seconds: 4, input: 2, output: 2, currency: 'USD', amount: 0.6 }
const estimate = {
  currency: 'USD',
  seconds: { input: 2, output: 2, billed: 4 },
  amount: 0.6,
  bills: 'input+output',
} as const

describe('the remark below a job', () => {
  it('is empty without a failure or a cost', () => {
    expect(remark({ state: 'running' })).toBeNull()
    expect(remark({ state: 'saved' })).toBeNull()
    expect(remark({ state: 'cancelled' })).toBeNull()
    expect(remark({ state: 'saved', billed: { ...billed, amount: 0 } })).toBeNull()
  })

  it('is what was billed, if known', () => {
    const state = 'saved'
    expect(remark({ state, billed })).toBe('Billed: 4 s, 0.6 USD.')
    expect(remark({ state, billed: { ...billed, seconds: null } })).toBe('Billed: 0.6 USD.')
    expect(remark({ state, billed: { ...billed, seconds: 6.005999999999999 } })).toBe(
      'Billed: 6.01 s, 0.6 USD.',
    )
    expect(remark({ state, billed: { ...billed, amount: null } })).toBe('Billed: 4 s.')
    expect(remark({ state, billed }, 'zh')).toBe('计费：4 秒，0.6 USD。')
  })

  it.each<[Partial<Failure>, string]>([
    [
      { action: 'enter-key', text: { key: 'failure.auth_key-disabled', values: {} } },
      'This API key is disabled or expired. Enter another one. Enter a key in the app (Settings > Providers and keys), or set DASHSCOPE_API_KEY.',
    ],
    [
      { action: 'top-up', text: { key: 'failure.billing_credits', values: {} } },
      'The account balance is too low. Top it up, then try again. Account: https://billing-cost.console.alibabacloud.com/fortune/billing-account',
    ],
    [
      {
        action: 'fix-file',
        text: { key: 'failure.upload_refused', values: { name: 'a.mp4', code: 'X1' } },
      },
      'The storage rejected a.mp4: X1. Fix the file, then submit it again.',
    ],
    [
      { action: 'try-again' },
      'The provider is having problems. To try again, run `reshoot retry job --submit`.',
    ],
    [{ action: 'none' }, 'The provider is having problems.'],
  ])('is why it failed, and what helps: %j', (failure, said) => {
    expect(remark(failed(failure))).toBe(said)
  })

  it('names the command that continues an existing task', () => {
    const job = { ...failed({ action: 'reconnect' }), resumes: true }
    expect(remark(job)).toMatch(/Check your connection, then run `reshoot retry job`\.$/)
    expect(remark(job, 'zh')).toMatch(/请检查网络连接，然后运行 `reshoot retry job`。$/)
  })

  it('says of a held job why, what helps, the command and how long the provider keeps the result', () => {
    const text = { key: 'failure.auth_key-refused', values: {} }
    const expiresAt = new Date(2026, 10, 21, 9, 5).getTime()
    const held = {
      ...failed({ action: 'enter-key', text }),
      state: 'running',
      resumes: true,
    } as const
    expect(remark({ ...held, expiresAt })).toMatch(
      /^The provider rejected.* set DASHSCOPE_API_KEY\. To try again, run `reshoot retry job`\. The provider keeps the result until 2026-11-21 09:05\.$/,
    )
    expect(remark({ ...held, expiresAt }, 'zh')).toMatch(
      /运行 `reshoot retry job`。服务商保留作品至/,
    )
    const outcome = jobOutcome(aJob(held), null, speaker('en'))
    expect(outcome).toMatch(/^Job job needs attention: .*reshoot retry job/)
  })

  it('never sends the task of a held job to another region', () => {
    const text = {
      key: 'failure.auth_region',
      values: { region: 'Beijing', other: 'Singapore', otherId: 'dashscope' },
    }
    const held = {
      ...failed({ action: 'try-region', text }),
      state: 'running',
      resumes: true,
    } as const
    expect(remark(held)).not.toContain('--provider')
    expect(remark(held)).toContain('needs a key of that region')
    expect(remark(held)).toContain('set DASHSCOPE_API_KEY')
  })

  it('quotes only an id that the provider knows', () => {
    const redirect = failed({ action: 'contact-provider' })
    expect(remark(redirect)).toBe('The provider is having problems.')
    expect(remark({ ...redirect, taskId: 'task-7' })).toMatch(/support and quote task-7\.$/)
  })

  it.each(language.options)('is one line with all values: %s', (said) => {
    for (const action of failureAction.options) {
      const text = {
        key: 'failure.auth_region',
        values: { region: 'Beijing', other: 'Singapore', otherId: 'dashscope' },
      }
      const line = remark({ ...failed({ action, text }), billed }, said)
      expect(line).not.toMatch(/\n|cli\.|\{\{|\$t|undefined/)
      expect(line).toContain('0.6 USD')
    }
  })

  it('distinguishes an uncertain job whose task is looked for from one that needs a decision', () => {
    const state = 'uncertain'
    expect(remark({ state, looking: true })).toMatch(
      /Run `reshoot resume` to look for it .* `reshoot settle job --help`/,
    )
    expect(remark({ state })).toMatch(/`reshoot settle job` with --task .* --submit-again\.$/)
    expect(jobOutcome(aJob({ state, looking: true }), null, speaker('en'))).toContain('resume')
    expect(jobOutcome(aJob({ state }), null, speaker('en'))).not.toContain('resume')
  })
})

describe('the bill of an ended edit', () => {
  it('is reported as unknown if the provider does not tell it', () => {
    const said = (different: Partial<Job>) => billedAtEnd(aJob(different), speaker('en'))
    expect(said({ state: 'saved', billed, estimate })).toBe('Billed: 4 s, 0.6 USD.')
    expect(said({ state: 'saved', estimate })).toBe('The provider did not report what it billed.')
    expect(said({ state: 'failed', estimate })).toBeNull()
    expect(said({ state: 'saved', estimate: { ...estimate, amount: 0 } })).toBeNull()
  })
})
