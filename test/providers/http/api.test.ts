import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { asciiUrl, createApi, withoutSuffix } from '../../../main/providers/http/api'
import type { HttpAnswer } from '../../../main/providers/http/http'
import { providerRows } from '../../../preload/contract'
import { aCall, failing, recordingHttp } from '../../support/connected-provider'

const words = z.object({ code: z.string().nullable(), message: z.string() })

/** The API of a service that gives one answer. */
const answering = (
  answer: Partial<HttpAnswer>,
  more: Partial<Parameters<typeof createApi>[1]> = {},
  key: string | null = 'sk-1',
) => {
  const { http, asked: sent } = recordingHttp(() => ({ body: undefined, ...answer }))
  const api = createApi(
    { row: providerRows.evolink, key: () => key, http },
    {
      base: 'https://api.example/v1',
      failures: [
        { code: 'own', text: 'auth_ip' },
        { code: 'busy', text: 'rate_limited' },
        { code: 'tired', text: 'temporary_service' },
      ],
      refusal: (body) => {
        const said = words.safeParse(body).data
        return said ? { ...said, requestId: 'r-1' } : null
      },
      ...more,
    },
  )
  const ask = (request: Partial<Parameters<typeof api.ask>[0]> = {}) =>
    api.ask({ method: 'GET', path: '/tasks', ...request }, z.object({ id: z.string() }), aCall())
  return { ask, sent }
}

const said = (code: string | null) => ({ code, message: 'no' })

describe('a call', () => {
  test('goes to its path with the key and the headers of service and request', async () => {
    const { ask, sent } = answering(
      { body: { id: 'task' } },
      { headers: { 'X-Service': 's', 'X-Both': 's' } },
    )
    expect(await ask({ headers: { 'X-Both': 'r' } })).toEqual({ id: 'task' })
    await ask({ method: 'POST', path: '/files', base: 'https://files.example', body: 1 })
    expect(sent).toEqual([
      {
        method: 'GET',
        url: 'https://api.example/v1/tasks',
        headers: { Authorization: 'Bearer sk-1', 'X-Service': 's', 'X-Both': 'r' },
      },
      {
        method: 'POST',
        url: 'https://files.example/files',
        headers: { Authorization: 'Bearer sk-1', 'X-Service': 's', 'X-Both': 's' },
        body: 1,
      },
    ])
  })

  test.each([
    [null, 'auth_key-missing'],
    ['', 'auth_key-missing'],
    ['sk 1', 'auth_key-malformed'],
    [' sk1', 'auth_key-malformed'],
    ['sk1\n', 'auth_key-malformed'],
    ['schlüssel', 'auth_key-malformed'],
  ])('with the key %j is not sent', async (key, text) => {
    const { ask, sent } = answering({}, {}, key)
    expect(await failing(ask())).toMatchObject({
      failure: { text: { key: `failure.${text}`, values: { provider: 'EvoLink' } } },
      sent: 'no',
    })
    expect(sent).toEqual([])
  })
})

describe('a refusal', () => {
  test.each([
    [199, 'x', 'unknown_code', 'refused'],
    [300, 'x', 'answer_redirect', 'refused'],
    [400, 'own', 'auth_ip', 'refused'],
    [499, 'x', 'unknown_code', 'refused'],
    [500, 'x', 'temporary_service', 'maybe'],
    [500, 'own', 'auth_ip', 'refused'],
    [500, 'tired', 'temporary_service', 'maybe'],
    [500, null, 'temporary_service', 'maybe'],
    [503, 'busy', 'rate_limited', 'maybe'],
  ] as const)(
    'with HTTP %i and the code %j is %s, and the request was %s',
    async (status, code, text, sent) => {
      const error = await failing(answering({ status, body: said(code) }).ask())
      expect(error).toMatchObject({ failure: { text: { key: `failure.${text}` } }, sent })
      expect(error.failure.provider).toEqual({
        code,
        message: 'no',
        requestId: 'r-1',
        httpStatus: status,
      })
    },
  )

  test.each([
    ['moderation_content', 'refused'],
    ['billing_credits', 'refused'],
    ['input_url', 'refused'],
    ['unknown_upstream', 'refused'],
    ['gone_task', 'maybe'],
  ] as const)('with HTTP 503 whose code means %s is %s', async (text, sent) => {
    const failures = [{ code: 'x', text }]
    expect(
      (await failing(answering({ status: 503, body: said('x') }, { failures }).ask())).sent,
    ).toBe(sent)
  })

  test('with HTTP 503 and a message alone leaves open whether the request took effect', async () => {
    const failures = [{ code: '*', message: /no/, text: 'auth_channel' }] as const
    expect(
      await failing(answering({ status: 503, body: said(null) }, { failures }).ask()),
    ).toMatchObject({ failure: { kind: 'auth' }, sent: 'maybe' })
  })

  test('has the words of the service for its message', async () => {
    const { message } = await failing(answering({ status: 400, body: said('own') }).ask())
    expect(message).toBe('no')
  })

  test('without words has none', async () => {
    const error = await failing(answering({ status: 404, body: '<html>' }).ask())
    const { failure } = error
    expect(error).toMatchObject({ name: 'ProviderError', message: 'failure.unknown_code' })
    expect(failure.provider).toEqual({
      code: null,
      message: null,
      requestId: null,
      httpStatus: 404,
    })
  })

  test('is judged by the rules of the request first', async () => {
    const failures = [{ code: 'own', text: 'input_url' }] as const
    const { failure } = await failing(
      answering({ status: 400, body: said('own') }).ask({ failures }),
    )
    expect(failure.text.key).toBe('failure.input_url')
  })

  test('can be refined by the service', async () => {
    const { ask } = answering(
      { status: 401, body: said('own') },
      { refine: (failure) => ({ ...failure, action: 'try-region' }) },
    )
    expect((await failing(ask())).failure.action).toBe('try-region')
  })

  test.each([
    [429, null, 60_000, 60_000],
    [429, 3_000, 60_000, 3_000],
    [429, null, undefined, null],
    [500, null, 60_000, null],
    [500, 3_000, 60_000, 3_000],
  ])('with HTTP %i and Retry-After %j asks to wait', async (status, retryAfter, pause, wait) => {
    const more = pause === undefined ? {} : { rateLimitPause: pause }
    expect((await failing(answering({ status, retryAfter }, more).ask())).retryAfter).toBe(wait)
  })

  test('under a status of success may have had an effect', async () => {
    expect(await failing(answering({ body: said('own') }).ask())).toMatchObject({
      failure: { text: { key: 'failure.auth_ip' } },
      sent: 'maybe',
      retryAfter: null,
    })
    const { ask } = answering({ status: 299, body: {} })
    expect(await failing(ask())).toMatchObject({
      failure: { text: { key: 'failure.answer_malformed', values: { host: 'api.example' } } },
      sent: 'maybe',
      cause: { name: expect.stringContaining('Error') },
    })
  })
})

test.each([
  ['https://h.example', 'https://h.example'],
  ['https://h.example//', 'https://h.example'],
  ['https://h.example/v1', 'https://h.example'],
  ['https://h.example//v1//', 'https://h.example'],
  ['https://h.example/wan/v1', 'https://h.example/wan'],
  ['https://h.example/wan/', 'https://h.example'],
  ['https://h.example/v1/tasks', 'https://h.example/v1/tasks'],
])('the address %s without its suffix is %s', (address, expected) => {
  expect(withoutSuffix(address, '/v1', '/wan')).toBe(expected)
})

test.each([
  [null, undefined],
  ['https://münchen.example/ß', 'https://xn--mnchen-3ya.example/%C3%9F'],
  ['not an address', 'not an address'],
])('the address %j in ASCII is %j', (address, expected) => {
  expect(asciiUrl(address)).toBe(expected)
})
