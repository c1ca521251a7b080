import { describe, expect, it } from 'vitest'
import { type Job, jobState } from '../../../preload/contract'
import {
  intoSections,
  newlySeen,
  sectionOf,
  withoutEarlier,
} from '../../../renderer/features/queue/sections'
import { aFailure, aJob } from '../a-job'

describe('sectionOf', () => {
  it.each<[Job['state'], boolean, ReturnType<typeof sectionOf>]>([
    ['queued', false, 'way'],
    ['preparing', false, 'way'],
    ['uploading', false, 'way'],
    ['submitting', false, 'way'],
    ['pending', false, 'way'],
    ['running', false, 'way'],
    ['downloading', false, 'way'],
    ['saved', false, 'finished'],
    ['cancelled', false, 'finished'],
    ['failed', false, 'needs'],
    ['expired', false, 'needs'],
    ['failed', true, 'finished'],
    ['expired', true, 'finished'],
    // Stays until the person decides, even after they saw it: the task may be billed.
    ['uncertain', false, 'needs'],
    ['uncertain', true, 'needs'],
  ])('puts a job that is %s (seen: %s) under %s', (state, seen, section) => {
    expect(sectionOf({ state, seen, failure: null })).toBe(section)
  })

  it.each(['pending', 'running', 'downloading'] as const)(
    'puts a held %s job under needs',
    (state) => {
      expect(sectionOf({ state, seen: true, failure: aFailure('enter-key') })).toBe('needs')
    },
  )
})

describe('intoSections', () => {
  it('keeps every job exactly once, newest first', () => {
    const jobs = jobState.options.map((state, index) =>
      aJob({ id: state, state, createdAt: index }),
    )
    const sections = intoSections(jobs)
    expect([...sections.way, ...sections.needs, ...sections.finished]).toHaveLength(jobs.length)
    expect(sections.way.map((job) => job.id)).toEqual([
      'downloading',
      'running',
      'pending',
      'submitting',
      'uploading',
      'preparing',
      'queued',
    ])
    expect(sections.needs.map((job) => job.id)).toEqual(['uncertain', 'expired', 'failed'])
  })
})

describe('newlySeen', () => {
  it('contains finished jobs only: a failure stays until the person deals with it', () => {
    const jobs = [
      aJob({ id: 'new', state: 'saved' }),
      aJob({ id: 'old', state: 'saved', seen: true }),
      aJob({ id: 'cancelled', state: 'cancelled' }),
      aJob({ id: 'failed', state: 'failed' }),
      aJob({ id: 'uncertain', state: 'uncertain' }),
      aJob({ id: 'running', state: 'running' }),
    ]
    expect(newlySeen(jobs)).toEqual(['new', 'cancelled'])
  })
})

describe('withoutEarlier', () => {
  it('drops jobs that were seen and ended an hour ago, but no unseen jobs', () => {
    const now = 10 * 3_600_000
    const ago = (minutes: number) => now - minutes * 60_000
    const jobs = [
      aJob({ id: 'fresh', state: 'saved', seen: true, updatedAt: ago(5) }),
      aJob({ id: 'old', state: 'saved', seen: true, updatedAt: ago(61) }),
      aJob({ id: 'old but new', state: 'saved', seen: false, updatedAt: ago(600) }),
    ]
    expect(withoutEarlier(jobs, now).map((job) => job.id)).toEqual(['fresh', 'old but new'])
  })
})
