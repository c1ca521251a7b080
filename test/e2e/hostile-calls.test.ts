import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { channels, providerId, siblingOf, text } from '../../preload/contract'
import { say } from '../../preload/contract/language'
import { type App, launchApp } from '../support/app'
import { pathsIn, samplesOf } from '../support/sample-of'

let app: App
beforeAll(async () => {
  app = await launchApp()
  // Valid arguments may open a dialog or another program.
  await app.electron.evaluate(({ dialog, shell }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    shell.openPath = async () => ''
    shell.openExternal = async () => {}
    shell.showItemInFolder = () => {}
  })
})
afterAll(() => app[Symbol.asyncDispose]())

/** Only some providers have regions. */
const inRegions = { id: providerId.options.find((id) => siblingOf(id) !== null) }

const withInput = Object.entries(channels).flatMap(([group, verbs]) =>
  Object.entries(verbs).flatMap(([verb, { input }]) => {
    const name = `${group}.${verb}`
    if (input.safeParse(undefined).success) return [[name, group, verb, null] as const]
    const samples = name === 'providers.tryRegion' ? [inRegions] : samplesOf(input)
    return samples.map((sample) => [name, group, verb, sample] as const)
  }),
)

/**
 * Calls a channel once for each place in a valid argument and each hostile value at that place. Gives the answers that
 * are not as they should be, and how many were refused.
 */
const attack = (group: string, verb: string, sample: unknown, paths: string[][]) =>
  app.page.evaluate(
    async ([groupName, verbName, base, places]) => {
      const circle: Record<string, unknown> = { name: 'round' }
      circle['self'] = circle
      const deep = () => Array.from({ length: 900 }).reduce<unknown>((inner) => [inner], 'end')
      const hostile: (() => unknown)[] = [
        () => undefined,
        () => null,
        () => Number.NaN,
        () => Number.NEGATIVE_INFINITY,
        () => -1e308,
        () => 2 ** 53,
        () => 10n ** 30n,
        () => '',
        () => '../../../../etc/passwd',
        () => 'a\0b',
        () => '\ud800 \u202e <script>alert(1)</script>',
        () => "'; DROP TABLE jobs; --",
        () => '__proto__',
        () => 'x'.repeat(1_100_000),
        () => [],
        () => Array.from({ length: 20_000 }, () => 'x'),
        () => ({}),
        () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}'),
        () => Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at])),
        () => circle,
        deep,
        () => new Map([['a', new Date(Number.NaN)]]),
        () => new Uint8Array(100_000),
        () => () => 'a function cannot be sent',
      ]
      const put = (value: unknown, [name, ...rest]: string[], what: unknown): unknown => {
        if (name === undefined) return what
        const copy: Record<string, unknown> = Array.isArray(value)
          ? (Object.assign([], value) as unknown as Record<string, unknown>)
          : { ...(value as object) }
        copy[name] = put(copy[name], rest, what)
        return copy
      }
      const api = window.reshoot as unknown as Record<
        string,
        Record<string, (input: unknown) => Promise<unknown>>
      >
      const answers = new Set<string>()
      let calls = 0
      for (const place of places)
        for (const value of hostile) {
          calls++
          try {
            const answer = await api[groupName]?.[verbName]?.(put(base, place, value()))
            const isDone =
              typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok
            answers.add(isDone === true ? 'done' : JSON.stringify(answer))
          } catch (error) {
            answers.add(`unsent ${String(error)}`)
          }
        }
      return { calls, answers: [...answers] }
    },
    [group, verb, sample, paths] as const,
  )

const refusal = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string().max(2000), text }),
})

test.each(withInput)(
  '%s survives hostile arguments and answers in words',
  async (_, group, verb, sample) => {
    const places = sample === null ? [[]] : pathsIn(sample)
    const { calls, answers } = await attack(group, verb, sample, places)
    expect(calls).toBe(places.length * 24)
    for (const each of answers) {
      if (each === 'done' || /^unsent \w*Error: /.test(each)) continue
      const { error } = refusal.parse(JSON.parse(each))
      expect(say(error.text, 'en')).not.toBe(error.text.key)
      expect(error.code).not.toBe('unexpected')
      expect(each).not.toMatch(/\bat .*\.js:\d|node_modules|polluted/)
    }
  },
)

test('main listens to the channels of the contract and to no other', async () => {
  const open = await app.electron.evaluate(({ ipcMain }) => {
    // Missing in the types, but the only way to see what is handled.
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, unknown>
    }
    return [...handlers.keys(), ...ipcMain.eventNames().map(String)]
  })
  const names = Object.entries(channels).flatMap(([group, verbs]) =>
    Object.keys(verbs).map((verb) => `${group}.${verb}`),
  )
  // Electron's own have other names.
  const ours = open.filter((name) => name !== 'error' && !/^[A-Z_]+$/.test(name))
  expect(ours.toSorted()).toEqual(names.toSorted())
})

test('the valid arguments that are made hostile are valid', () => {
  for (const [name, group, verb, sample] of withInput) {
    const input: unknown = Reflect.get(Reflect.get(channels, group), verb)
    const { error } = z
      .object({ input: z.instanceof(z.ZodType) })
      .parse(input)
      .input.safeParse(sample ?? undefined)
    expect(error, name).toBeUndefined()
  }
})

test('the app is well afterwards', async () => {
  expect(await app.page.evaluate(() => window.reshoot.settings.get())).toMatchObject({ ok: true })
  expect(await app.electron.evaluate(() => 'polluted' in {})).toBe(false)
  expect(await app.log()).not.toMatch(/Uncaught|Unhandled|Unexpected/)
})
