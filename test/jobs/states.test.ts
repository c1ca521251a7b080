import { describe, expect, it } from 'vitest'
import { canFollow, isBeforeSubmit, isCancellable } from '../../main/jobs/states'
import { hasEnded, type JobState, jobState } from '../../preload/contract'

/** A second copy of the table with the reason for each step, to detect mistakes. */
const legal: [JobState, JobState, string][] = [
  ['queued', 'preparing', 'its turn'],
  ['queued', 'failed', 'a bug before anything was done'],
  ['queued', 'cancelled', 'by the person'],
  ['preparing', 'uploading', 'files are ready'],
  ['preparing', 'failed', 'the source is gone'],
  ['preparing', 'cancelled', 'by the person'],
  ['uploading', 'preparing', 'a prepared file is gone'],
  ['uploading', 'submitting', 'everything is a URL'],
  ['uploading', 'failed', 'the storage refuses'],
  ['uploading', 'cancelled', 'by the person'],
  ['submitting', 'uploading', 'surely not created: repeat'],
  ['submitting', 'pending', 'created'],
  ['submitting', 'failed', 'refused'],
  ['submitting', 'cancelled', 'not created and cancelled'],
  ['submitting', 'uncertain', 'the answer is lost'],
  ['pending', 'running', 'started'],
  ['pending', 'downloading', 'done between two questions'],
  ['pending', 'failed', 'moderation'],
  ['pending', 'cancelled', 'by the person'],
  ['pending', 'expired', '24 hours'],
  ['pending', 'uncertain', 'of another computer'],
  ['running', 'downloading', 'done'],
  ['running', 'failed', 'the service failed'],
  ['running', 'cancelled', 'at the provider'],
  ['running', 'expired', '24 hours'],
  ['running', 'uncertain', 'of another computer'],
  ['downloading', 'saved', 'in the library'],
  ['downloading', 'failed', 'the disk is full'],
  ['downloading', 'expired', 'the link is dead'],
  ['failed', 'running', 'tried again, the task is known'],
  ['failed', 'pending', 'an answer came late'],
  ['uncertain', 'pending', 'found in the list'],
  ['uncertain', 'failed', 'not in the list'],
  ['uncertain', 'cancelled', 'given up'],
]

describe('the life of a job', () => {
  const states = jobState.options
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))(
    '%s → %s',
    (from, to) => {
      const expected = legal.some(([one, other]) => one === from && other === to)
      expect(canFollow(from, to)).toBe(expected)
    },
  )

  it('never leads back to a create that may have been sent', () => {
    const seen = new Set<JobState>()
    const visit = (from: JobState) => {
      for (const to of states)
        if (canFollow(from, to) && !seen.has(to)) {
          seen.add(to)
          visit(to)
        }
    }
    for (const from of ['pending', 'running', 'downloading', 'uncertain'] as const) visit(from)
    expect(seen).not.toContain('submitting')
    expect(seen).not.toContain('uploading')
  })

  it('has these ends', () => {
    expect(states.filter(hasEnded)).toEqual([
      'saved',
      'failed',
      'cancelled',
      'expired',
      'uncertain',
    ])
  })

  it.each([
    ['queued', true, true],
    ['preparing', true, true],
    ['uploading', true, true],
    ['submitting', true, false],
    ['pending', true, false],
    ['running', false, false],
    ['downloading', false, false],
    ['saved', false, false],
    ['failed', false, false],
    ['uncertain', false, false],
  ] as const)(
    '%s can be cancelled: %s, and without help of the provider: %s',
    (state, can, alone) => {
      expect(isCancellable(state, true)).toBe(can)
      expect(isCancellable(state, false)).toBe(alone)
      if (alone) expect(isBeforeSubmit(state)).toBe(true)
    },
  )
})
