import { describe, expect, test } from 'vitest'
import type { Failure, Job } from '../../../preload/contract'
import { driveJob, type Faults, saidOf } from '../../support/job-under-contract'
import {
  type ContractFault,
  servicesInModes,
  type UnderContract,
} from '../../support/providers-under-contract'

/** How a job ends after some faults; `uncertain` and its outcome depend on whether the service lists its tasks. */
interface Outcome {
  state: Job['state'] | ((under: UnderContract) => Job['state'])
  creates: number
  tasks: number
  /** The kind of failure that all services agree on; a lost answer shows in the state instead. */
  failure?: { kind: Failure['kind']; action: Failure['action']; says: RegExp }
}

const status = (code: number, more: object = {}): ContractFault => ({
  kind: 'status',
  status: code,
  ...more,
})
const limited = status(429, { code: 'rate_limit_exceeded', headers: { 'retry-after': '2' } })
const limitedOnly = status(429, { code: 'rate_limit_exceeded' })
const expired: ContractFault = { kind: 'expired' }

/** Only a complete list proves that there is no task; without a list a person decides. */
const unlessListed =
  (listed: Job['state']) =>
  ({ lists }: UnderContract): Job['state'] =>
    lists ? listed : 'uncertain'
const provenAbsent = ({ id }: UnderContract): Job['state'] =>
  id === 'dashscope' ? 'failed' : 'uncertain'

/** How a job with a lost answer ends, where not with a result. */
const lost: Partial<Record<Job['state'], Pick<Failure, 'action'> & { says: RegExp }>> = {
  failed: {
    action: 'try-again',
    says: /^The answer to the submission was lost\. The provider’s list of tasks shows that it did not accept/,
  },
  uncertain: {
    action: 'none',
    says: /^The connection was lost while submitting\. The provider may have received the edit|^The provider answered internal_error .*leaves open/,
  },
}

const table: [string, Faults, Outcome][] = [
  ['nothing', [], { state: 'saved', creates: 1, tasks: 1 }],
  ['a rate limit on the create', [['create', limited]], { state: 'saved', creates: 2, tasks: 1 }],
  [
    'rate limits that do not say for how long',
    [
      ['create', limitedOnly],
      ['create', limitedOnly],
    ],
    { state: 'saved', creates: 3, tasks: 1 },
  ],
  [
    'a bad key',
    [['create', status(401, { code: 'unauthorized' })]],
    {
      state: 'failed',
      creates: 1,
      tasks: 0,
      failure: {
        kind: 'auth',
        action: 'enter-key',
        says: /^The provider rejected the API key\. Check that it is complete/,
      },
    },
  ],
  [
    'a server error instead of the create',
    [['create', status(500, { code: 'internal_error' })]],
    { state: provenAbsent, creates: 1, tasks: 0 },
  ],
  [
    'a reset before the create was taken',
    [['create', { kind: 'reset' }]],
    { state: provenAbsent, creates: 1, tasks: 0 },
  ],
  [
    'a reset after the create was taken',
    [['create', { kind: 'reset', effect: true }]],
    { state: unlessListed('saved'), creates: 1, tasks: 1 },
  ],
  [
    'an unreadable answer to the create',
    [['create', { kind: 'body', text: '<html>', effect: true }]],
    { state: unlessListed('saved'), creates: 1, tasks: 1 },
  ],
  [
    'a stalled answer to the create',
    [['create', { kind: 'stall-body', effect: true }]],
    { state: unlessListed('saved'), creates: 1, tasks: 1 },
  ],
  [
    'a redirect of the create',
    [['create', { kind: 'redirect', status: 307 }]],
    {
      state: 'failed',
      creates: 1,
      tasks: 0,
      failure: {
        kind: 'unknown',
        action: 'none',
        says: /^127\.0\.0\.1:\d+ redirects to another address\. To protect your key, the redirect was not followed\.$/,
      },
    },
  ],
  [
    'a burst of errors while it is asked about',
    [
      ['query', status(503, { code: 'upstream_error' })],
      ['query', { kind: 'reset' }],
      ['query', { kind: 'body', text: '' }],
      ['query', limited],
      ['query', { kind: 'stall' }],
    ],
    { state: 'saved', creates: 1, tasks: 1 },
  ],
  [
    'a download that breaks off',
    [['download', { kind: 'truncate', length: true }]],
    { state: 'saved', creates: 1, tasks: 1 },
  ],
  [
    'a download that stalls, breaks and is answered with an error',
    [
      ['download', { kind: 'stall' }],
      ['download', { kind: 'reset' }],
      ['download', status(503)],
    ],
    { state: 'saved', creates: 1, tasks: 1 },
  ],
  [
    'an answer about the task that comes slowly, is no JSON, or leads elsewhere',
    [
      ['query', { kind: 'slow-body', milliseconds: 1 }],
      ['query', { kind: 'body', text: '{"output":' }],
      ['query', { kind: 'redirect' }],
    ],
    { state: 'saved', creates: 1, tasks: 1 },
  ],
  [
    'a link that is refused once',
    [['download', expired]],
    { state: 'saved', creates: 1, tasks: 1 },
  ],
  [
    'a link that stays refused while the task is known',
    [
      ['download', expired],
      ['download', expired],
      ['download', expired],
      ['download', expired],
      ['download', expired],
    ],
    {
      state: 'downloading',
      creates: 1,
      tasks: 1,
      failure: {
        kind: 'local',
        action: 'try-again',
        says: /^The result could not be downloaded\. Trying again is free/,
      },
    },
  ],
]

describe.each(servicesInModes)('a job at $name', (under) => {
  const way = [under.words.pending, under.words.running, under.words.succeeded]

  test.each(table)('after %s', async (_, faults, outcome) => {
    const { job, server, held, parts, kept } = await driveJob(under, way, faults)
    const state = typeof outcome.state === 'function' ? outcome.state(under) : outcome.state
    expect(job.state).toBe(state)
    if (state === 'saved') expect([job.failure, job.trouble]).toEqual([null, null])
    else {
      const { says, ...why } = outcome.failure ?? lost[state] ?? expect.unreachable(state)
      expect(job.failure).toMatchObject(why)
      expect(saidOf(job)).toMatch(says)
    }
    expect([server.calls.create, server.tasks.size]).toEqual([outcome.creates, outcome.tasks])
    expect(server.violations).toEqual([])
    expect(server.elsewhere).toEqual([])
    expect(kept).toHaveLength(state === 'saved' ? 1 : 0)
    // A task that may exist may still read its files.
    if (state !== 'uncertain' && state !== 'downloading') expect([...held]).toEqual([])
    if (state === 'saved') expect(parts).toEqual([])
  })

  test('after a refusal for missing money, which waiting does not change', async () => {
    const refusal = status(429, { ...under.noMoney, headers: { 'retry-after': '1' } })
    const { job, server, held } = await driveJob(under, way, [['create', refusal]])
    expect(job).toMatchObject({
      state: 'failed',
      failure: { kind: 'billing', action: 'top-up', provider: { httpStatus: 429 } },
    })
    expect(saidOf(job)).toBe(under.saysNoMoney)
    expect([server.calls.create, held.size]).toEqual([1, 0])
  })

  test('reports why its task failed', async () => {
    const { job, server, held } = await driveJob(under, [under.words.failed], [])
    expect(job).toMatchObject({
      state: 'failed',
      failure: { provider: { message: expect.stringContaining('it failed') } },
    })
    expect(saidOf(job)).toBe('The provider is having problems.')
    expect([server.calls.create, held.size]).toEqual([1, 0])
  })
})
