import { describe, expect, test, vi } from 'vitest'
import { ProviderError } from '../../main/providers/provider'
import { afterFirstCall, createDispatch } from '../../main/shell/dispatch'
import type { Call } from '../../main/shell/ipc'
import { errorIdPattern, type Handlers } from '../../preload/contract'

const call = { sender: null } as unknown as Call

const dispatchWith = (handlers: Record<string, Record<string, (input: never) => unknown>>) => {
  const log = { error: vi.fn() }
  const dispatch = createDispatch(handlers as unknown as Handlers<Call>, {
    log,
    checkOutputs: true,
  })
  return {
    log,
    ask: (group: string, verb: string, input?: unknown) => dispatch(group, verb, input, call),
  }
}

const throwing = (error: unknown) =>
  dispatchWith({
    operations: {
      cancel: async () => {
        throw error
      },
    },
  })
const cancel = ['operations', 'cancel', { operationId: 'a' }] as const

describe('a call from the window', () => {
  test('parses the input and adds defaults', async () => {
    const list = vi.fn(async (_query: unknown) => [])
    const { ask } = dispatchWith({ library: { list } })
    expect(await ask('library', 'list', {})).toEqual({ ok: true, value: [] })
    expect(list.mock.calls[0]?.[0]).toEqual({ words: '', providers: [] })
  })

  test.each([
    ['nothing', undefined],
    ['the wrong type', { operationId: 7 }],
    ['too long', { operationId: 'x'.repeat(65) }],
    ['a string', 'a'],
    ['null', null],
  ])('refuses wrong arguments: %s', async (_name, input) => {
    const handler = vi.fn()
    const { ask, log } = dispatchWith({ operations: { cancel: handler } })
    const answer = await ask('operations', 'cancel', input)
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
    expect(handler).not.toHaveBeenCalled()
    const id = answer.ok ? undefined : answer.error.text.values['id']
    expect(id).toMatch(errorIdPattern)
    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      `Arguments refused ${id}`,
      expect.objectContaining({ channel: 'operations.cancel' }),
    )
  })

  test('answers and logs a long list of wrong values with a few words', async () => {
    const { ask, log } = dispatchWith({ jobs: { seen: () => undefined } })
    const answer = await ask('jobs', 'seen', { ids: Array.from({ length: 9_000 }, () => 7) })
    for (const said of [answer, log.error.mock.calls])
      expect(JSON.stringify(said).length).toBeLessThan(3_000)
  })

  test('keeps the person’s input out of the answer and the log', async () => {
    const { ask, log } = dispatchWith({ providers: { setKey: () => undefined } })
    const answer = await ask('providers', 'setKey', {
      id: 'dashscope',
      key: `sk-${'s'.repeat(600)}`,
    })
    expect(JSON.stringify([answer, log.error.mock.calls])).not.toContain('sss')
  })

  test.each([
    ['constructor', 'name'],
    ['__proto__', 'toString'],
    ['operations', 'constructor'],
    ['nothing', 'here'],
  ])('%s.%s is not a channel', async (group, verb) => {
    const { ask } = dispatchWith({ operations: {} })
    expect(await ask(group, verb)).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
  })

  test('logs an answer that does not match the contract', async () => {
    const { ask, log } = dispatchWith({ library: { list: async () => [{ id: 1 }] } })
    expect(await ask('library', 'list', {})).toMatchObject({
      ok: false,
      error: { code: 'unexpected' },
    })
    expect(log.error).toHaveBeenCalledOnce()
  })
})

describe('an error, as the window gets it', () => {
  test('an unexpected error is a sentence with the id of its log entry', async () => {
    const { ask, log } = throwing(new TypeError('x is not a function at /home/somebody/file.js'))
    const answer = await ask(...cancel)
    expect(JSON.stringify(answer)).not.toMatch(/somebody|TypeError|not a function/)
    if (answer.ok) throw new Error('an error expected')
    expect(answer.error.text.key).toBe('shell.error.unexpected')
    expect(log.error.mock.calls[0]?.[0]).toContain(answer.error.text.values['id'])
  })

  test('an error with a text for the person keeps that text', async () => {
    const text = { key: 'media.timeout', values: { seconds: 15 } }
    const { ask } = throwing(Object.assign(new Error('late'), { name: 'MediaError', text }))
    expect(await ask(...cancel)).toMatchObject({ error: { code: 'media-error', text } })
  })

  test("a provider's error keeps its kind and action", async () => {
    const failure = {
      kind: 'auth',
      text: { key: 'failure.auth', values: {} },
      action: 'enter-key',
      provider: null,
    } as const
    const { ask } = throwing(new ProviderError(failure, 'refused'))
    expect(await ask(...cancel)).toMatchObject({
      error: { code: 'auth', text: failure.text, action: 'enter-key' },
    })
  })

  test.each([
    ['ENOSPC', 'shell.error.noSpace', 'free-space'],
    ['EACCES', 'shell.error.notAllowed', 'choose-folder'],
    ['ENOENT', 'shell.error.fileGone', 'none'],
  ])('the system error %s has its own sentence', async (code, key, action) => {
    const { ask, log } = throwing(Object.assign(new Error(code), { code, path: '/v/a.mp4' }))
    expect(await ask(...cancel)).toMatchObject({ error: { text: { key }, action } })
    expect(log.error).not.toHaveBeenCalled()
  })

  test.each([
    ['full', 13],
    ['busy', 5],
    ['busy in the write-ahead log', 261],
  ])('a database that is %s has its own sentence', async (cause, errcode) => {
    const { ask, log } = throwing(Object.assign(new Error('no'), { errcode }))
    const text = { key: `database.${cause.split(' ')[0]}`, values: {} }
    expect(await ask(...cancel)).toMatchObject({ error: { text, action: 'try-again' } })
    expect(log.error).not.toHaveBeenCalled()
  })

  test('an abort is not logged', async () => {
    const { ask, log } = throwing(new DOMException('stopped', 'AbortError'))
    expect(await ask(...cancel)).toMatchObject({ error: { code: 'cancelled' } })
    expect(log.error).not.toHaveBeenCalled()
  })
})

test('the page hears of earlier things from its first call on, once', async () => {
  const seen: string[] = []
  const dispatch = afterFirstCall(
    async (group, verb) => {
      seen.push(`${group}.${verb}`)
      return { ok: true, value: null }
    },
    () => seen.push('listens'),
  )
  for (const verb of ['list', 'add']) await dispatch('media', verb, undefined, call)
  expect(seen).toEqual(['listens', 'media.list', 'media.add'])
})
