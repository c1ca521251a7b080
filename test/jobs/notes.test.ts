import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { CreatedTask, TaskStatus } from '../../main/providers/provider'
import { begin, hour, minute } from '../support/begin-job'
import { pending, providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld, type Process } from '../support/jobs-world'

const row = z.object({ to_state: z.string(), detail_json: z.string() })

/** What the events of a job say, after the state that they lead to. Who looks into a problem reads this. */
const notesOf = ({ database }: Process, id: string) =>
  database
    .rows(row, 'SELECT to_state, detail_json FROM job_events WHERE job_id = $id ORDER BY id', {
      $id: id,
    })
    .map(({ to_state, detail_json }) => [to_state, JSON.parse(detail_json)])
    .filter(([, detail]) => Object.keys(detail).length > 0)

describe('the events of a job say', () => {
  it('what was uploaded, sent and created', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [
      providerError('rate-limit', 'refused', 'wait', 20_000),
      { taskId: 'task-x', requestId: null, sent: null },
    ]
    const job = begin(world)
    await job.reaches('saved')
    expect(notesOf(job, job.id)).toEqual([
      ['uploading', { uploaded: 'clip of a beach'.length }],
      ['uploading', { sent: 'refused', wait: 20_000 }],
      ['pending', { taskId: 'task-x' }],
    ])
  })

  it('why it waits', async () => {
    const world = createJobsWorld()
    world.provider.script.query = [providerError('temporary', 'no', 'reconnect'), succeeded]
    const job = begin(world)
    await job.reaches('saved')
    expect(notesOf(job, job.id).at(-1)).toEqual(['pending', { trouble: 'failure.temporary' }])
  })

  it('why it was refused', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('moderation', 'refused')]
    const job = begin(world)
    await job.reaches('failed')
    expect(notesOf(job, job.id).at(-1)).toEqual(['failed', { sent: 'refused' }])
  })

  it.each([
    [
      'an answer that says too little',
      providerError('temporary', 'maybe'),
      'said temporary',
      'request-9',
    ],
    ['a bug', new Error('boom'), 'boom', null],
  ])('why it is uncertain: %s', async (_what, error, reason, requestId) => {
    const world = createJobsWorld()
    world.provider.script.create = [error]
    delete world.provider.list
    const job = begin(world)
    await job.reaches('uncertain')
    await job.jobs.drain()
    expect(notesOf(job, job.id).at(1)).toEqual(['uncertain', { reason }])
    expect(job.job()).toMatchObject({
      requestId,
      failure: {
        kind: 'unknown',
        action: 'none',
        text: { key: requestId ? 'job.uncertainAnswer' : 'job.uncertain' },
      },
    })
    await job.jobs.resolve(job.id, { kind: 'give-up' })
    expect(notesOf(job, job.id).at(-1)).toEqual(['cancelled', { decision: 'give-up' }])
  })

  it('that its process ended in the middle of the create', async () => {
    const world = createJobsWorld()
    const never = Promise.withResolvers<CreatedTask>()
    world.provider.script.create = [() => never.promise]
    delete world.provider.list
    const job = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    world.dead.add(job.pid)
    world.process().jobs.start()
    await job.reaches('uncertain')
    expect(notesOf(job, job.id).at(1)).toEqual([
      'uncertain',
      { reason: 'the process that sent the create has ended' },
    ])
    expect(job.job().failure).toMatchObject({ action: 'none', text: { key: 'job.uncertain' } })
    never.reject(new Error('the end'))
  })

  it('that its files were missing', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const job = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await job.jobs.stop()
    rmSync(path.join(world.folder, 'sent', `${job.id}.mp4`))
    world.provider.script.create = []
    world.process().jobs.start()
    await job.reaches('saved')
    expect(notesOf(job, job.id)).toContainEqual([
      'preparing',
      { reason: 'prepared files are missing' },
    ])
  })

  it('that its result was damaged, and that it was tried again', async () => {
    const world = createJobsWorld()
    world.downloads.splice(0, 1, 'garbage', 'garbage', 'garbage', 'result')
    const job = begin(world)
    await job.isHeld(hour)
    await job.jobs.retry(job.id)
    await job.reaches('saved')
    const notes = notesOf(job, job.id)
    expect(notes.filter(([, { reason }]) => reason === 'damaged')).toHaveLength(3)
    expect(notes).toContainEqual(['downloading', { held: 'job.damaged' }])
    expect(notes).toContainEqual(['downloading', { reason: 'tried again' }])
  })

  it.each([
    ['too late', 'too-late' as const],
    ['the provider cannot', null],
    ['said auth', providerError('auth', 'refused', 'enter-key')],
  ])('why it was not cancelled: %s', async (why, answer) => {
    const world = createJobsWorld()
    world.provider.script.query = [pending]
    if (answer) world.provider.script.cancel = [answer]
    const job = begin(world)
    await job.reaches('pending')
    const cancelling = job.jobs.cancel(job.id)
    if (!answer) delete world.provider.cancel
    await expect(cancelling).rejects.toThrow()
    expect(notesOf(job, job.id).slice(-2)).toEqual([
      ['pending', { cancel: 'asked' }],
      ['pending', { cancel: why }],
    ])
  })

  it('that its task belongs to another computer', async () => {
    const world = createJobsWorld()
    world.provider.tellsPrompt = true
    world.provider.script.create = [providerError('temporary', 'maybe')]
    world.provider.script.list = [
      [{ taskId: 'theirs', createdAt: world.clock.now(), status: 'RUNNING' }],
    ]
    const theirs: TaskStatus = {
      status: 'succeeded',
      resultUrl: 'https://provider.example/out.mp4',
      requestId: null,
      usage: null,
      prompt: 'something else',
    }
    world.provider.script.query = [running, running, theirs]
    const job = begin(world)
    await world.clock.until(() =>
      notesOf(job, job.id).some(([, { reason }]) => reason === 'the task is of another prompt'),
    )
    expect(job.job()).toMatchObject({
      taskId: null,
      requestId: null,
      expiresAt: null,
      failure: { action: 'none', text: { key: 'job.uncertain' } },
    })
    // The search goes on at once.
    await world.clock.settle()
    expect(world.provider.calls.list).toBe(2)
  })
})
