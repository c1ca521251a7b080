import { describe, expect, it } from 'vitest'
import {
  type FoundTask,
  isOfAnotherPrompt,
  type LostCreate,
  type ReconcileQuestion,
  reconcile,
} from '../../main/jobs/reconcile'
import type { TaskStatus } from '../../main/providers/provider'
import { hour, minute } from '../support/begin-job'
import { failureOf, running } from '../support/fake-provider'

const at = hour

const lost: LostCreate = {
  id: 'a',
  submittedAt: at,
  requestId: null,
  prompt: 'snow',
  cost: { currency: 'credits', from: 95, to: 105 },
  request: 'snow on the beach',
}

const rain: LostCreate = { ...lost, id: 'b', prompt: 'rain', request: 'rain on the beach' }

const task = (
  taskId: string,
  createdAt: number | null,
  answer: TaskStatus | null = running,
  requestId: string | null = null,
): FoundTask => ({ taskId, createdAt, status: 'RUNNING', requestId, answer })

const done = (prompt: string | null, credits: number | null = null): TaskStatus => ({
  status: 'succeeded',
  resultUrl: 'https://results.example/one.mp4',
  requestId: null,
  prompt,
  usage:
    credits === null
      ? null
      : {
          seconds: null,
          input: null,
          output: null,
          cost: { currency: 'credits', amount: credits },
        },
})
const failed: TaskStatus = { status: 'failed', failure: failureOf('unknown'), requestId: null }

const base: ReconcileQuestion = {
  lost,
  rivals: [],
  tasks: [],
  isComplete: true,
  ahead: 0,
  tellsPrompt: true,
  now: at + 10_000,
  trust: 2 * minute,
}
const late = { now: at + 2 * minute }
const adopted = (taskId: string) => ({ kind: 'adopt', taskId })

describe('reconciling a lost answer', () => {
  it.each<[string, Partial<ReconcileQuestion>, object]>([
    ['nothing yet', {}, { kind: 'wait' }],
    ['nothing after the time limit', late, { kind: 'not-created' }],
    ['exactly one', { tasks: [task('t', at + 500)] }, adopted('t')],
    ['one by a clock that differs', { tasks: [task('t', at - minute)] }, adopted('t')],
    ['one without a time', { tasks: [task('t', null)] }, adopted('t')],
    ['one from long before', { tasks: [task('t', at - 10 * minute)] }, { kind: 'wait' }],
    ['one from long after', { tasks: [task('t', at + 20 * minute)] }, { kind: 'wait' }],
    [
      'one from long before, after the time limit: a clock may be wrong',
      { tasks: [task('t', at - 10 * minute)], ...late },
      { kind: 'several' },
    ],
    [
      'one of another prompt from long before, after the time limit',
      { tasks: [task('t', at - 10 * minute, done('rain'))], ...late },
      { kind: 'not-created' },
    ],
    [
      'one of another prompt',
      { tasks: [task('t', at, done('rain'))], ...late },
      { kind: 'not-created' },
    ],
    [
      'one by a clock that is three days ahead',
      { ahead: 72 * hour, tasks: [task('t', at + 72 * hour), task('u', at)] },
      adopted('t'),
    ],
    ['one by a clock that is far behind', { ahead: -hour, tasks: [task('t', 0)] }, adopted('t')],
    [
      'one from another time by the create’s own request id',
      { lost: { ...lost, requestId: 'r-1' }, tasks: [task('t', 0, running, 'r-1')] },
      adopted('t'),
    ],
    [
      'two, of which one is named by the create’s own request id',
      {
        lost: { ...lost, requestId: 'r-2' },
        tasks: [task('t', at, running, 'r-1'), task('u', at, running, 'r-2')],
        rivals: [rain],
      },
      adopted('u'),
    ],
    [
      'one of another request id, which a gateway may have given',
      { lost: { ...lost, requestId: 'r-2' }, tasks: [task('t', at, running, 'r-1')] },
      adopted('t'),
    ],
    ['nothing in a list that is cut off', { isComplete: false, ...late }, { kind: 'unproven' }],
    ['nothing, but our clock was put back', { now: at - 3 * minute }, { kind: 'unproven' }],
    [
      'one from another time, and our clock was put back',
      { tasks: [task('t', 0)], now: 0 },
      { kind: 'several' },
    ],
  ])('%s', (_what, change, expected) => {
    expect(reconcile({ ...base, ...change })).toEqual(expected)
  })
})

describe('two lost answers at about the same time', () => {
  const [one, two] = [task('t', at, done('rain')), task('u', at + 1, done('snow'))]
  const same: LostCreate = { ...lost, id: 'c', submittedAt: at + minute }
  it.each<[string, Partial<ReconcileQuestion>, object]>([
    [
      'wait while the tasks run',
      { tasks: [task('t', at), task('u', at)], rivals: [rain] },
      { kind: 'wait' },
    ],
    [
      'wait for the end of a single task',
      { tasks: [task('t', at)], rivals: [rain] },
      { kind: 'wait' },
    ],
    ['get the task of their own prompt', { tasks: [one, two], rivals: [rain] }, adopted('u')],
    [
      'get it also while the other still runs',
      { tasks: [task('t', at), two], rivals: [rain] },
      adopted('u'),
    ],
    [
      'find that their own was not created',
      { tasks: [one], rivals: [rain], ...late },
      { kind: 'not-created' },
    ],
    [
      'ask where the tasks failed, which tells no prompt',
      { tasks: [task('t', at, failed), task('u', at, failed)], rivals: [rain] },
      { kind: 'several' },
    ],
    [
      'of the same request get one task each, the earlier one first',
      {
        tasks: [task('u', at + minute, done('snow')), task('t', at, done('snow'))],
        rivals: [same],
      },
      adopted('t'),
    ],
    [
      'of the same request get one task each, the later one second',
      {
        lost: same,
        tasks: [task('u', at + minute, done('snow')), task('t', at, done('snow'))],
        rivals: [lost],
      },
      adopted('u'),
    ],
    [
      'of the same prompt and another clip ask',
      { tasks: [two], rivals: [{ ...lost, id: 'd', request: 'snow in the forest' }] },
      { kind: 'several' },
    ],
    [
      'ask where another computer has sent the same prompt',
      { tasks: [task('t', at, done('snow')), two] },
      { kind: 'several' },
    ],
    [
      'do not mind one that was lost an hour earlier',
      { tasks: [task('t', at)], rivals: [{ ...rain, submittedAt: 0 }] },
      adopted('t'),
    ],
  ])('%s', (_what, change, expected) => {
    expect(reconcile({ ...base, ...change })).toEqual(expected)
  })
})

describe('a provider that tells no prompts', () => {
  const silent = { tellsPrompt: false }
  it.each<[string, Partial<ReconcileQuestion>, object]>([
    ['gives no task before its end', { tasks: [task('t', at)] }, { kind: 'wait' }],
    [
      'gives a task that was billed as ours',
      { tasks: [task('t', at, done(null, 100))] },
      adopted('t'),
    ],
    [
      'gives no task that was billed otherwise',
      { tasks: [task('t', at, done(null, 200))], ...late },
      { kind: 'not-created' },
    ],
    [
      'asks about a task without a bill',
      { tasks: [task('t', at, done(null))] },
      { kind: 'several' },
    ],
    [
      'asks where the estimate is unknown',
      { lost: { ...lost, cost: null }, tasks: [task('t', at, done(null, 100))] },
      { kind: 'several' },
    ],
    ['asks about a task that failed', { tasks: [task('t', at, failed)] }, { kind: 'several' }],
  ])('%s', (_what, change, expected) => {
    expect(reconcile({ ...base, ...silent, ...change })).toEqual(expected)
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
