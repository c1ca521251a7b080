import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { mayPass } from '../../../main/providers/failures'
import { aCall, aRequest, connected, failing, limitsUnder } from '../../support/connected-provider'
import { portalPage } from '../../support/portal-page'
import { type ContractFault, servicesInModes } from '../../support/providers-under-contract'

/** Every fault of a create with the kind of its failure, and whether a task may exist. */
const faults: [string, ContractFault, string, string][] = [
  ['429', { kind: 'status', status: 429, code: 'rate_limit_exceeded' }, 'rate-limit', 'refused'],
  ['401', { kind: 'status', status: 401, code: 'whatever' }, 'auth', 'refused'],
  ['418', { kind: 'status', status: 418, code: 'teapot' }, 'unknown', 'refused'],
  ['500', { kind: 'status', status: 500, code: 'new_error' }, 'temporary', 'maybe'],
  ['502 HTML', { kind: 'body', status: 502, text: '<html>bad</html>' }, 'temporary', 'maybe'],
  ['reset before', { kind: 'reset' }, 'temporary', 'maybe'],
  ['reset after', { kind: 'reset', effect: true }, 'temporary', 'maybe'],
  ['stall', { kind: 'stall', effect: true }, 'temporary', 'maybe'],
  ['stalled body', { kind: 'stall-body', effect: true }, 'temporary', 'maybe'],
  ['slow body', { kind: 'slow-body', milliseconds: 100 }, 'temporary', 'maybe'],
  ['empty body', { kind: 'body', text: '', effect: true }, 'temporary', 'maybe'],
  ['malformed body', { kind: 'body', text: '{"output":', effect: true }, 'temporary', 'maybe'],
  ['another object', { kind: 'body', text: '{"ok":true}', effect: true }, 'temporary', 'maybe'],
  ['a list', { kind: 'body', text: '[1]', effect: true }, 'temporary', 'maybe'],
  ['huge body', { kind: 'body', text: 'x'.repeat(3_000_000) }, 'unknown', 'maybe'],
  ['a portal', { kind: 'body', text: portalPage, contentType: 'text/html' }, 'temporary', 'maybe'],
  ['redirect', { kind: 'redirect', status: 307 }, 'unknown', 'refused'],
]

describe.each(servicesInModes)('$name: a create', (under) => {
  test.each(faults)(
    'with %s is sent once and gives the right failure',
    async (_, fault, kind, sent) => {
      const { provider, server } = await connected(under, { limits: limitsUnder(fault) })
      server.next('create', fault)
      const error = await failing(provider.create(aRequest(under.mode), aCall()))
      expect([error.failure.kind, error.sent]).toEqual([kind, sent])
      expect(server.calls.create).toBe(1)
      expect(server.elsewhere).toHaveLength(0)
      expect(server.violations).toEqual([])
    },
  )

  test.each<ContractFault>([
    { kind: 'body', text: portalPage, contentType: 'text/html' },
    { kind: 'body', text: portalPage, status: 511 },
  ])('answered by the network asks for a sign-in there: %j', async (fault) => {
    const { provider, server } = await connected(under)
    server.next('create', fault)
    const { failure, sent } = await failing(provider.create(aRequest(under.mode), aCall()))
    expect([failure.text.key, failure.action, sent]).toEqual([
      'failure.network_portal',
      'reconnect',
      'maybe',
    ])
  })

  test('with a 429 for missing money is never repeated', async () => {
    const { provider, server } = await connected(under)
    server.next('create', { kind: 'status', status: 429, ...under.noMoney })
    const { failure, sent } = await failing(provider.create(aRequest(under.mode), aCall()))
    expect([failure.kind, failure.action, mayPass(failure), sent]).toEqual([
      'billing',
      'top-up',
      false,
      'refused',
    ])
    expect(failure.provider?.message).toContain(under.noMoney.message)
    expect(failure.provider?.httpStatus).toBe(429)
  })

  test.runIf(under.moderation)('refused by the content check asks for other words', async () => {
    const { provider, server } = await connected(under)
    server.next('create', { kind: 'status', status: 400, code: 'x', ...under.moderation })
    const { failure } = await failing(provider.create(aRequest(under.mode), aCall()))
    expect([failure.kind, failure.action]).toEqual(['moderation', 'change-prompt'])
  })

  test.each([
    ['seconds', '7', 7000],
    ['a date that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ])('passes on Retry-After as %s', async (_, header, milliseconds) => {
    const { provider, server } = await connected(under)
    const headers = { 'retry-after': header }
    server.next('create', { kind: 'status', status: 429, code: 'rate_limit_exceeded', headers })
    const error = await failing(provider.create(aRequest(under.mode), aCall()))
    expect(error.retryAfter).toBe(milliseconds)
  })

  test('that was never sent may be repeated', async () => {
    const listener = createServer().listen(0, '127.0.0.1')
    const address = listener.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await new Promise((resolve) => listener.close(resolve))
    const noTls = (await connected(under)).server.url.replace('http:', 'https:')
    for (const baseUrl of [`http://127.0.0.1:${port}`, 'http://no-such-host.invalid', noTls]) {
      const { provider } = await connected(under, { baseUrl })
      const error = await failing(provider.create(aRequest(under.mode), aCall()))
      expect([error.failure.kind, error.failure.action, error.sent]).toEqual([
        'temporary',
        'reconnect',
        'no',
      ])
    }
  })

  test.each([null, '', 'sk-ключ', 'sk-a\nb'])('with the key %j asks for a key', async (key) => {
    const { provider, server } = await connected(under, { key })
    const error = await failing(provider.create(aRequest(under.mode), aCall()))
    expect([error.failure.action, error.sent]).toEqual(['enter-key', 'no'])
    expect(server.calls.create ?? 0).toBe(0)
  })

  test('can be stopped', async () => {
    const { provider, server } = await connected(under)
    server.next('create', { kind: 'stall' })
    const controller = new AbortController()
    const created = provider.create(aRequest(under.mode), { signal: controller.signal })
    void expect
      .poll(() => server.calls.create)
      .toBe(1)
      .then(() => controller.abort())
    await expect(created).rejects.toMatchObject({ name: 'AbortError' })
  })
})
