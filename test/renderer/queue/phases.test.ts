import { describe, expect, it } from 'vitest'
import type { Job } from '../../../preload/contract'
import {
  type Phased,
  phaseNames,
  phasesOf as phasesOfAny,
  timeIn,
} from '../../../renderer/features/queue/phases'
import { aFailure } from '../a-job'

/** The phases of a job that is not held. */
const phasesOf = (job: Omit<Phased, 'failure'>) => phasesOfAny({ ...job, failure: null })

type Visit = Job['phases'][number]
const visit = (state: Visit['state'], startedAt: number, endedAt: number | null): Visit => ({
  state,
  startedAt,
  endedAt,
})
const states = (job: Omit<Phased, 'failure'>) => phasesOf(job).map((phase) => phase.state)

describe('phasesOf', () => {
  it('shows the stage that a held job has reached', () => {
    const phases = [visit('queued', 0, 1), visit('uploading', 1, 2), visit('running', 2, null)]
    const held = {
      state: 'running',
      phases,
      progress: null,
      failure: aFailure('enter-key'),
    } as const
    expect(phasesOfAny(held).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'skipped',
      'held',
      'todo',
    ])
    expect(phasesOfAny(held)[3]).toMatchObject({ fraction: 1, openSince: 2 })
  })

  it('gives the five phases in order', () => {
    const phases = phasesOf({ state: 'queued', phases: [visit('queued', 0, null)], progress: null })
    expect(phases.map((phase) => phase.name)).toEqual([...phaseNames])
  })

  it.each<[string, Job['state'], Visit[], ReturnType<typeof states>]>([
    [
      'a fresh job',
      'queued',
      [visit('queued', 0, null)],
      ['active', 'todo', 'todo', 'todo', 'todo'],
    ],
    [
      'an upload',
      'uploading',
      [visit('queued', 0, 1), visit('uploading', 1, null)],
      ['done', 'active', 'todo', 'todo', 'todo'],
    ],
    [
      'a task that started at once',
      'running',
      [
        visit('queued', 0, 1),
        visit('uploading', 1, 2),
        visit('submitting', 2, 3),
        visit('running', 3, null),
      ],
      ['done', 'done', 'skipped', 'active', 'todo'],
    ],
    [
      'a refusal while waiting',
      'failed',
      [
        visit('queued', 0, 1),
        visit('uploading', 1, 2),
        visit('pending', 2, 3),
        visit('failed', 3, null),
      ],
      ['done', 'done', 'stopped', 'todo', 'todo'],
    ],
    [
      'a lost answer',
      'uncertain',
      [visit('queued', 0, 1), visit('submitting', 1, 2), visit('uncertain', 2, null)],
      ['done', 'stopped', 'todo', 'todo', 'todo'],
    ],
    [
      'a saved result',
      'saved',
      [
        visit('queued', 0, 1),
        visit('uploading', 1, 2),
        visit('running', 2, 3),
        visit('downloading', 3, 4),
      ],
      ['done', 'done', 'skipped', 'done', 'done'],
    ],
    ['a job without history', 'failed', [], ['todo', 'todo', 'todo', 'todo', 'todo']],
  ])('reads %s', (_what, state, phases, expected) => {
    expect(states({ state, phases, progress: null })).toEqual(expected)
  })

  it('adds up queued and preparing, uploading and submitting, and repeated visits', () => {
    const phases = phasesOf({
      state: 'downloading',
      progress: 0.5,
      phases: [
        visit('queued', 0, 100),
        visit('preparing', 100, 400),
        visit('uploading', 400, 1400),
        visit('submitting', 1400, 1500),
        visit('running', 1500, 3500),
        visit('downloading', 3500, 4000),
        visit('running', 4000, 4200),
        visit('downloading', 4200, null),
      ],
    })
    expect(phases.map((phase) => phase.spent)).toEqual([400, 1100, 0, 2200, 500])
    expect(phases[4]).toMatchObject({ state: 'active', openSince: 4200, fraction: 0.5 })
    expect(phases.slice(0, 4).every((phase) => phase.openSince === null)).toBe(true)
  })

  it('fills a phase only as far as its progress is known', () => {
    const [prepare, upload, wait] = phasesOf({
      state: 'uploading',
      phases: [visit('queued', 0, 1), visit('uploading', 1, null)],
      progress: null,
    })
    expect([prepare?.fraction, upload?.fraction, wait?.fraction]).toEqual([1, null, 0])
  })
})

describe('timeIn', () => {
  it('includes the open visit until now, and never shrinks when the clock was set back', () => {
    expect(timeIn({ spent: 500, openSince: 1000 }, 3000)).toBe(2500)
    expect(timeIn({ spent: 500, openSince: null }, 3000)).toBe(500)
    expect(timeIn({ spent: 500, openSince: 9000 }, 3000)).toBe(500)
  })
})
