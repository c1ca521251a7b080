import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import {
  type Channels,
  channelNames,
  channels,
  type EventName,
  eventNames,
  events,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'

describe('the lists in the preload', () => {
  it('name all channels', () => {
    type Listed = { [G in keyof typeof channelNames]: (typeof channelNames)[G][number] }
    type Defined = { [G in keyof Channels]: keyof Channels[G] }
    expectTypeOf<Listed>().toEqualTypeOf<Defined>()
    const defined = Object.entries(channels).map(([group, verbs]) => [
      group,
      Object.keys(verbs).toSorted(),
    ])
    const listed = Object.entries(channelNames).map(([group, verbs]) => [group, verbs.toSorted()])
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(defined))
  })

  it('name all events', () => {
    expectTypeOf<(typeof eventNames)[number]>().toEqualTypeOf<EventName>()
    expect(eventNames.toSorted()).toEqual(Object.keys(events).toSorted())
  })
})

/** Paths of the strings, arrays and records in a JSON schema that have no maximal length. */
const unbounded = (schema: unknown, path: string): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const node = new Map(Object.entries(schema))
  const isBounded = ['maxLength', 'enum', 'const'].some((key) => node.has(key))
  const isOpenPattern = /[*+]/.test(String(node.get('pattern') ?? '*'))
  const open =
    (node.get('type') === 'string' && !isBounded && isOpenPattern) ||
    (node.get('type') === 'array' && !node.has('maxItems')) ||
    (node.has('additionalProperties') &&
      typeof node.get('additionalProperties') === 'object' &&
      !node.has('maxProperties'))
  return [
    ...(open ? [path] : []),
    ...[...node].flatMap(([key, value]) => unbounded(value, `${path}/${key}`)),
  ]
}

describe('the input of', () => {
  const inputs = Object.entries(channels).flatMap(([group, verbs]) =>
    Object.entries(verbs).map(([verb, { input }]): [string, z.ZodType] => [
      `${group}.${verb}`,
      input,
    ]),
  )
  it.each(inputs)('%s has a bound on every text and list', (name, input) => {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    expect(unbounded(schema, name)).toEqual([])
  })

  it('settings.set refuses more workspaces than there are providers', () => {
    const workspaces = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`p${at}`, 'w']))
    expect(channels.settings.set.input.safeParse({ workspaces }).success).toBe(false)
    expect(channels.settings.set.input.safeParse({ workspaces: { evolink: 'w' } }).success).toBe(
      true,
    )
  })
})

it('says an unknown key as it is, and escapes no value', () => {
  expect(say({ key: 'no.such.text', values: {} }, 'zh')).toBe('no.such.text')
  expect(say({ key: 'cli.saved', values: { path: '/a & b' } }, 'zh')).toBe('已保存：/a & b')
})
