import { describe, expect, it } from 'vitest'
import { areRivals, isOfAnotherPrompt, reconcile } from '../../main/jobs/reconcile'
import { hour, minute } from '../support/begin-job'

describe('reconciling a lost answer', () => {
  const task = (taskId: string, createdAt: number | null, requestId: string | null = null) => ({
    taskId,
    createdAt,
    status: 'RUNNING',
    requestId,
  })
  const base = {
    listed: [],
    isComplete: true,
    ahead: 0,
    known: new Set<string>(),
    foreign: new Set<string>(),
    requestId: null as string | null,
    submittedAt: hour,
    now: hour + 10_000,
    rival: false,
    trust: 2 * minute,
  }
  it.each([
    ['nothing yet', base, { kind: 'wait' }],
    ['nothing after the time limit', { ...base, now: hour + 2 * minute }, { kind: 'not-created' }],
    ['exactly one', { ...base, listed: [task('a', hour + 500)] }, { kind: 'adopt', taskId: 'a' }],
    [
      'one by a clock that differs',
      { ...base, listed: [task('a', hour - minute)] },
      { kind: 'adopt', taskId: 'a' },
    ],
    ['one without a time', { ...base, listed: [task('a', null)] }, { kind: 'adopt', taskId: 'a' }],
    [
      'one from long before',
      { ...base, listed: [task('a', hour - 10 * minute)] },
      { kind: 'wait' },
    ],
    [
      'one from long before, after the time limit: a clock may be wrong',
      { ...base, listed: [task('a', hour - 10 * minute)], now: hour + 2 * minute },
      { kind: 'several' },
    ],
    ['one from long after', { ...base, listed: [task('a', hour + 20 * minute)] }, { kind: 'wait' }],
    [
      'one that is another job of ours',
      { ...base, listed: [task('a', hour)], known: new Set(['a']) },
      { kind: 'wait' },
    ],
    ['two', { ...base, listed: [task('a', hour), task('b', hour)] }, { kind: 'several' }],
    [
      'one that another computer created',
      { ...base, listed: [task('a', hour)], foreign: new Set(['a']) },
      { kind: 'wait' },
    ],
    [
      'one by a clock that is three days ahead',
      { ...base, ahead: 72 * hour, listed: [task('a', 73 * hour), task('b', hour)] },
      { kind: 'adopt', taskId: 'a' },
    ],
    [
      'one by a clock that is far behind',
      { ...base, ahead: -hour, listed: [task('a', minute), task('b', hour)] },
      { kind: 'adopt', taskId: 'a' },
    ],
    [
      'one from another time by the create’s own request id',
      { ...base, requestId: 'r-1', listed: [task('a', 0, 'r-1')] },
      { kind: 'adopt', taskId: 'a' },
    ],
    [
      'nothing in a list that is cut off',
      { ...base, isComplete: false, now: hour + 2 * minute },
      { kind: 'unproven' },
    ],
    [
      'nothing, but our clock was put back meanwhile',
      { ...base, now: hour - 3 * minute },
      { kind: 'unproven' },
    ],
    [
      'one from another time, and our clock was put back meanwhile',
      { ...base, listed: [task('a', 0)], now: 0 },
      { kind: 'several' },
    ],
    [
      'only a task of another computer after the time limit',
      { ...base, listed: [task('a', hour)], foreign: new Set(['a']), now: hour + 2 * minute },
      { kind: 'not-created' },
    ],
    [
      'two, of which one is named by the create’s own request id',
      {
        ...base,
        requestId: 'r-2',
        listed: [task('a', hour, 'r-1'), task('b', hour, 'r-2')],
        rival: true,
      },
      { kind: 'adopt', taskId: 'b' },
    ],
    [
      'one of another request id, which a gateway may have given',
      { ...base, requestId: 'r-2', listed: [task('a', hour, 'r-1')] },
      { kind: 'adopt', taskId: 'a' },
    ],
    [
      'one for two lost answers',
      { ...base, listed: [task('a', hour)], rival: true },
      { kind: 'several' },
    ],
  ])('%s', (_what, question, expected) => {
    expect(reconcile(question)).toEqual(expected)
  })
  it('distinguishes creates that could be confused', () => {
    expect(areRivals(0, 5 * minute)).toBe(true)
    expect(areRivals(0, 20 * minute)).toBe(false)
  })
})

describe('whether a task is of another prompt', () => {
  it.each([
    ['make it snow', null, false],
    ['make it snow', undefined, false],
    ['make it snow', 'make it snow', false],
    [' make it\n snow', 'make it snow ', false],
    ['make it snow', 'make it rain', true],
    ['make it snow', 'make it now', true],
    ['make it snow 2', 'make it snow 3', true],
    ['让天空下雪', '让天空下雨', true],
    ['make it snow', 'make it snow!', false],
    ['“snow”，please', '"snow", please', false],
    ['a < b', 'a  b', false],
    ['x'.repeat(6000), 'x'.repeat(5000), false],
    ['😀'.repeat(5001), '😀'.repeat(5000), false],
    ['caf\u0065\u0301', 'caf\u00e9', false],
  ])('%j and %j', (ours, theirs, expected) => {
    expect(isOfAnotherPrompt(ours, theirs)).toBe(expected)
  })
})
