import { expect, test } from 'vitest'
import type { z } from 'zod'
import {
  looseNumber,
  loosePercent,
  looseText,
  looseTime,
  looseUrls,
  numberInDigits,
  parseJson,
} from '../../../main/providers/http/loose'

const reads = (schema: z.ZodType, table: readonly (readonly [unknown, unknown])[]) =>
  expect(table.map(([value]) => [value, schema.parse(value)])).toEqual(table)

const nothing = [undefined, null, '', true, {}, []].map((value) => [value, null] as const)

test('a text may be a number', () => {
  reads(looseText, [...nothing, ['a', 'a'], [7, '7'], [0, '0'], [' ', ' ']])
})

test('a number may be in digits', () => {
  reads(looseNumber, [...nothing, [7.5, 7.5], ['7.5', 7.5], ['0', 0], ['seven', null]])
  expect(looseNumber.parse('Infinity')).toBeNull()
})

test('a progress is a fraction of one', () => {
  reads(loosePercent, [
    ...nothing,
    [30, 0.3],
    ['30%', 0.3],
    [' 30% ', 0.3],
    ['%', null],
    [' ', null],
    ['3%0', null],
    [-5, 0],
    [100, 1],
    [250, 1],
  ])
})

test('a time is in seconds, milliseconds or ISO 8601', () => {
  reads(looseTime, [
    ...nothing,
    [1_800_000_000, 1_800_000_000_000],
    ['1800000000', 1_800_000_000_000],
    [99_999_999_999, 99_999_999_999_000],
    [100_000_000_000, 100_000_000_000],
    [1_800_000_000_000, 1_800_000_000_000],
    ['2026-11-20T10:00:00Z', Date.UTC(2026, 10, 20, 10)],
    ['soon', null],
  ])
})

test('of a list of addresses the first of the web counts', () => {
  reads(looseUrls, [
    ...nothing,
    [['oss://a', 7, 'https://h.example/1', 'https://h.example/2'], 'https://h.example/1'],
    [['HTTP://h.example/1'], 'HTTP://h.example/1'],
    [[' http://h.example/1'], ' http://h.example/1'],
    [['see https://h.example/1'], null],
    [['https:h.example'], null],
  ])
})

test.each([
  [7, 7],
  ['7.5', 7.5],
  [' 7 ', 7],
])('the required number %j is %j', (value, expected) => {
  expect(numberInDigits.parse(value)).toBe(expected)
})

test.each(['', ' ', 'seven', null, true])('the required number %j is refused', (value) => {
  expect(numberInDigits.safeParse(value).success).toBe(false)
})

test('what is not JSON is nothing', () => {
  expect(parseJson('{"a":1}')).toEqual({ a: 1 })
  expect(parseJson('<html>')).toBeUndefined()
})
