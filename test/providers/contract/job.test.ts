import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Clock, systemClock } from '../../../main/clock'
import { createDownload } from '../../../main/jobs/download'
import { createUploads, type UploadPlace } from '../../../main/uploads/uploads'
import type { Job } from '../../../preload/contract'
import { connected } from '../../support/connected-provider'
import { createJobsWorld } from '../../support/jobs-world'
import {
  type ContractFault,
  providersUnderContract,
  type UnderContract,
} from '../../support/providers-under-contract'

/** How much faster time goes: services are asked every few seconds. */
const haste = 400

/** Only waiting takes time: how long the machine needs for work in between changes nothing. */
const hasteClock = (): Clock => {
  let now = Date.now()
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      const due = now + milliseconds
      await systemClock.sleep(milliseconds / haste, signal)
      now = Math.max(now, due)
    },
  }
}

/** A bucket that only keeps count. */
const countingPlace = () => {
  const held = new Set<string>()
  const place: UploadPlace = {
    uploadFor: () => async (file) => {
      const url = `https://bucket.example/${held.size}-${path.basename(file.path)}`
      held.add(url)
      return url
    },
    release: async ({ urls }) => {
      for (const url of urls) held.delete(url)
    },
  }
  return { held, place }
}

async function drive(under: UnderContract, words: readonly string[], faults: Faults) {
  const clock = hasteClock()
  const bucket = countingPlace()
  // Only who stalls is not waited for; everybody else may be slow.
  const stalls = faults.some(([, { kind }]) => kind.startsWith('stall'))
  const limits = stalls ? { headers: 1_000, body: 1_000, total: 2_000 } : {}
  // The pace of questions is judged where time is real. Never behind the client's clock: a task cannot
  // begin before its create.
  let later = clock.now()
  const serverNow = () => {
    later = Math.max(later + 10_000, clock.now())
    return later
  }
  const serverClock = { ...clock, now: serverNow }
  const { provider, server } = await connected(under, { words, limits, clock, serverClock })
  server.result = Buffer.from('result of the service, long enough to be cut in two')
  for (const [operation, fault] of faults) server.next(operation, fault)
  const world = createJobsWorld({
    provider,
    clock,
    download: createDownload(stalls ? { idle: 500 } : {}),
    uploads: createUploads([bucket.place]),
  })
  const image = path.join(world.folder, 'ref.png')
  writeFileSync(image, 'clip that stands for an image')
  const { size: bytes, mtimeMs: modifiedAt } = statSync(image)
  const fix = { remedies: [], background: '#000000' }
  const { jobs, library } = world.process()
  const images = [{ mediaId: null, path: image, name: 'ref.png', bytes, modifiedAt, fix }]
  const { id } = jobs.submit(world.spec({ provider: provider.row.id, images }))
  await jobs.drain(AbortSignal.timeout(20_000))
  const job = jobs.get(id)
  if (!job) throw new Error('the job is gone')
  await jobs.stop()
  const folder = path.join(world.folder, 'library')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const parts = names.filter((name) => name.startsWith('.reshoot'))
  return { job, server, held: bucket.held, parts, kept: library.list({ words: '', providers: [] }) }
}

type Faults = readonly ['create' | 'query' | 'download', ContractFault][]

/** How a job ends after some faults; `uncertain` and what follows depend on whether the service lists its tasks. */
interface Outcome {
  state: Job['state'] | ((under: UnderContract) => Job['state'])
  creates: number
  tasks: number
  failure?: { kind?: string; key?: string }
}

const status = (code: number, more: object = {}): ContractFault => ({
  kind: 'status',
  status: code,
  ...more,
})
const limited = status(429, { code: 'rate_limit_exceeded', headers: { 'retry-after': '2' } })
const expired: ContractFault = { kind: 'expired' }

/** Only a complete list proves that there is no task; without any list a person decides. */
const unlessListed =
  (listed: Job['state']) =>
  ({ lists }: UnderContract): Job['state'] =>
    lists ? listed : 'uncertain'
const provenAbsent = ({ id }: UnderContract): Job['state'] =>
  id === 'dashscope' ? 'failed' : 'uncertain'

const table: [string, Faults, Outcome][] = [
  ['nothing', [], { state: 'saved', creates: 1, tasks: 1 }],
  ['a rate limit on the create', [['create', limited]], { state: 'saved', creates: 2, tasks: 1 }],
  [
    'a bad key',
    [['create', status(401, { code: 'unauthorized' })]],
    { state: 'failed', creates: 1, tasks: 0, failure: { kind: 'auth' } },
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
    { state: 'failed', creates: 1, tasks: 0, failure: { kind: 'unknown' } },
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
    { state: 'failed', creates: 1, tasks: 1, failure: { kind: 'local' } },
  ],
]

describe.each(providersUnderContract)('a job at $id', (under) => {
  const way = [under.words.pending, under.words.running, under.words.succeeded]

  test.each(table)('after %s', async (_, faults, outcome) => {
    const { job, server, held, parts, kept } = await drive(under, way, faults)
    const state = typeof outcome.state === 'function' ? outcome.state(under) : outcome.state
    expect(job).toMatchObject({
      state,
      ...(outcome.failure?.kind ? { failure: { kind: outcome.failure.kind } } : {}),
    })
    expect([server.calls.create, server.tasks.size]).toEqual([outcome.creates, outcome.tasks])
    expect(server.violations).toEqual([])
    expect(server.elsewhere).toEqual([])
    expect(kept).toHaveLength(state === 'saved' ? 1 : 0)
    // A task that may exist may still read its files.
    if (state !== 'uncertain') expect([...held]).toEqual([])
    if (state === 'saved') expect(parts).toEqual([])
  })

  test('after a refusal for want of money, which no waiting mends', async () => {
    const refusal = status(429, { ...under.noMoney, headers: { 'retry-after': '1' } })
    const { job, server, held } = await drive(under, way, [['create', refusal]])
    expect(job).toMatchObject({
      state: 'failed',
      failure: { kind: 'billing', action: 'top-up', provider: { httpStatus: 429 } },
    })
    expect([server.calls.create, held.size]).toEqual([1, 0])
  })

  test('whose task fails tells why', async () => {
    const { job, server, held } = await drive(under, [under.words.failed], [])
    expect(job).toMatchObject({
      state: 'failed',
      failure: { provider: { message: expect.stringContaining('it failed') } },
    })
    expect([server.calls.create, held.size]).toEqual([1, 0])
  })

  test('whose link is refused and whose task is unknown has expired', async () => {
    const { job, server, held } = await drive(
      under,
      [under.words.succeeded, 'UNKNOWN'],
      [['download', expired]],
    )
    expect(job).toMatchObject({ state: 'expired', failure: { kind: 'gone' } })
    expect([server.calls.create, held.size]).toEqual([1, 0])
  })

  test('whose task is unknown from now on does not ask for ever', async () => {
    const { job, server } = await drive(under, [under.words.pending, 'DREAMING'], [])
    expect(job).toMatchObject({ state: 'failed', failure: { kind: 'gone' } })
    expect(server.calls.query).toBeLessThan(10)
  })
})
