import { describe, expect, test } from 'vitest'
import { aCall, aRequest, connected, failing, limitsUnder } from '../../support/connected-provider'
import {
  type ContractFault,
  providersUnderContract,
  servicesInModes,
} from '../../support/providers-under-contract'

const faults: [string, ContractFault, string, number | null][] = [
  ['429', { kind: 'status', status: 429, code: 'rate_limit_exceeded' }, 'rate-limit', null],
  [
    '429 with Retry-After',
    { kind: 'status', status: 429, code: 'x', headers: { 'retry-after': '2' } },
    'rate-limit',
    2000,
  ],
  ['500', { kind: 'status', status: 500, code: 'internal_error' }, 'temporary', null],
  ['503', { kind: 'status', status: 503, code: 'upstream_error' }, 'temporary', null],
  ['reset', { kind: 'reset' }, 'temporary', null],
  ['stall', { kind: 'stall' }, 'temporary', null],
  ['stalled body', { kind: 'stall-body', effect: true }, 'temporary', null],
  ['empty body', { kind: 'body', text: '' }, 'temporary', null],
  ['malformed body', { kind: 'body', text: '{"status"' }, 'temporary', null],
  ['no status', { kind: 'body', text: '{"output":{},"data":{}}' }, 'temporary', null],
  ['HTML', { kind: 'body', text: '<html></html>', contentType: 'text/html' }, 'temporary', null],
  ['redirect', { kind: 'redirect' }, 'unknown', null],
]

describe.each(servicesInModes)('$name: a task', (under) => {
  const { words } = under

  test('goes from start to end without a violation', async () => {
    const { provider, server } = await connected(under)
    const { taskId } = await provider.create(aRequest(under.mode), aCall())
    const answers = []
    for (let i = 0; i < 3; i += 1) answers.push(await provider.query(taskId, aCall()))
    expect(answers.map(({ status }) => status)).toEqual(['pending', 'running', 'succeeded'])
    const last = answers.at(-1)
    const url = last?.status === 'succeeded' ? last.resultUrl : ''
    const result = await fetch(url)
    expect(Buffer.from(await result.arrayBuffer())).toEqual(server.result)
    expect(server.violations).toEqual([])
    expect(server.calls.create).toBe(1)
  })

  test.each(faults)('is queried again after %s', async (_, fault, kind, retryAfter) => {
    const { provider, server } = await connected(under, {
      words: [words.running],
      limits: limitsUnder(fault),
    })
    const { id } = server.addTask()
    server.next('query', fault)
    const error = await failing(provider.query(id, aCall()))
    expect(error.failure.kind).toBe(kind)
    if (retryAfter !== null) expect(error.retryAfter).toBe(retryAfter)
    expect((await provider.query(id, aCall())).status).toBe('running')
    expect(server.elsewhere).toHaveLength(0)
    expect(server.violations).toEqual([])
  })

  test.each([200, 400])(
    'is an error of the service where its answer is nested 100,000 deep, with status %i',
    async (status) => {
      const { provider, server } = await connected(under, { words: [words.running] })
      const { id } = server.addTask()
      const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
      const members = ['output', 'data', 'status', 'error', 'code', 'message', 'results', 'usage']
      const object = `{${members.map((name) => `"${name}":${deep(50_000)}`).join()}}`
      const objects = `${'{"output":'.repeat(50_000)}1${'}'.repeat(50_000)}`
      for (const text of [deep(100_000), object, objects]) {
        server.next('query', { kind: 'body', text, status })
        const error = await failing(provider.query(id, aCall()))
        expect(JSON.stringify(error.failure).length).toBeLessThan(10_000)
      }
      expect((await provider.query(id, aCall())).status).toBe('running')
    },
  )

  test('that failed reports the reason', async () => {
    const { provider, server } = await connected(under)
    const { id } = server.addTask(Date.now(), [words.failed])
    const answer = await provider.query(id, aCall())
    expect(answer).toMatchObject({
      status: 'failed',
      failure: { kind: 'temporary', provider: { message: expect.stringContaining('it failed') } },
    })
  })

  test('that succeeded without a result is to be asked about again', async () => {
    const { provider, server, answerNext } = await connected(under)
    const { id } = server.addTask(Date.now(), [words.succeeded])
    answerNext(under.withoutResult)
    await expect(provider.query(id, aCall())).rejects.toMatchObject({
      failure: { action: 'try-again', text: { key: 'failure.answer_result-missing' } },
    })
  })

  test.each(['DREAMING', 'UNKNOWN', ''])('in the state %j is unknown, not failed', async (word) => {
    const { provider, server } = await connected(under)
    const { id } = server.addTask(Date.now(), [word])
    expect(await provider.query(id, aCall())).toMatchObject({ status: 'unknown', word })
  })

  test('that the service does not know is not reported as good', async () => {
    const { provider } = await connected(under)
    const answer = await provider.query('no-such-task', aCall()).then(
      ({ status }) => status,
      (error) => error.failure.kind,
    )
    expect(['unknown', 'gone']).toContain(answer)
  })
})

describe.each(providersUnderContract)('$id', (under) => {
  test('tells a good key from a bad one without creating a task', async () => {
    const good = await connected(under)
    await good.provider.test(aCall())
    expect(good.server.violations).toEqual([])
    const bad = await connected(under, { key: 'sk-other' })
    const { failure } = await failing(bad.provider.test(aCall()))
    expect([failure.kind, failure.action]).toEqual(['auth', under.wrongKey])
    expect(good.server.tasks.size + bad.server.tasks.size).toBe(0)
  })

  test('does not blame the key for trouble of the service', async () => {
    for (const baseUrl of ['http://no-such-host.invalid']) {
      const { provider } = await connected(under, { baseUrl })
      expect((await failing(provider.test(aCall()))).failure.kind).toBe('temporary')
    }
  })

  test.runIf(under.lists)(
    'lists its tasks through all pages, whatever their time, and tells its own time',
    async () => {
      const { provider, server } = await connected(under)
      const now = Date.now()
      for (let i = 0; i < 120; i += 1) server.addTask(now - 1000)
      server.addTask(now - 7_200_000)
      const list = await provider.list?.('edit', aCall())
      expect(list?.tasks).toHaveLength(121)
      expect(list?.isComplete).toBe(under.id === 'dashscope')
      expect(Math.abs((list?.now ?? 0) - now)).toBeLessThan(60_000)
      expect(server.calls.list).toBe(3)
      expect(server.violations).toEqual([])
    },
  )

  test.runIf(under.lists)('does not call a list complete that is cut off', async () => {
    const { provider, server } = await connected(under)
    for (let i = 0; i < 1001; i += 1) server.addTask()
    const list = await provider.list?.('edit', aCall())
    expect([list?.tasks.length, list?.isComplete]).toEqual([1000, false])
  })

  test.runIf(under.cancels)('cancels what still waits', async () => {
    const { provider, server } = await connected(under)
    const { id } = server.addTask(Date.now(), [under.words.pending])
    expect(await provider.cancel?.(id, aCall())).toBe('cancelled')
  })
})
