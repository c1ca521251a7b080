import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type Channels,
  channelNames,
  channels,
  type EventName,
  eventNames,
  events,
} from '../../preload/contract'
import { say } from '../../preload/contract/language'

describe('the lists that the preload carries', () => {
  it('name exactly the channels', () => {
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

  it('name exactly the events', () => {
    expectTypeOf<(typeof eventNames)[number]>().toEqualTypeOf<EventName>()
    expect(eventNames.toSorted()).toEqual(Object.keys(events).toSorted())
  })
})

it('says an unknown key as it is, and escapes no value', () => {
  expect(say({ key: 'no.such.text', values: {} }, 'zh')).toBe('no.such.text')
  expect(say({ key: 'cli.saved', values: { path: '/a & b' } }, 'zh')).toBe('已保存：/a & b')
})
