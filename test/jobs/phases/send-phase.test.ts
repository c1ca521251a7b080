import { rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isUploadFresh } from '../../../main/jobs/phases/send-phase'
import type { CreatedTask } from '../../../main/providers/provider'
import { begin, hour, minute } from '../../support/begin-job'
import { providerError } from '../../support/fake-provider'
import { createJobsWorld } from '../../support/jobs-world'

describe('the create', () => {
  it('is repeated if it certainly made no task, and waits in a state that survives a crash', async () => {
    const world = createJobsWorld()
    const task: CreatedTask = { taskId: 'task-x', requestId: null, sent: null }
    world.provider.script.create = [
      providerError('rate-limit', 'refused', 'wait', 20_000),
      providerError('temporary', 'no'),
      task,
    ]
    const { reaches, states, job } = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await world.clock.advance(15_000)
    expect(job().state).toBe('uploading')
    expect(world.provider.calls.create).toHaveLength(1)
    await reaches('saved')
    expect(states().filter((state) => state === 'submitting')).toHaveLength(3)
    expect(world.provider.calls.upload).toHaveLength(1)
  })

  it('is given up after six refusals', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait')]
    const { reaches, job } = begin(world)
    await reaches('failed', hour)
    expect(world.provider.calls.create).toHaveLength(6)
    expect(job().failure).toMatchObject({ kind: 'rate-limit' })
    expect(job().failure).not.toHaveProperty('until')
  })

  it('that was given up says from when the provider accepts another', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 20_000)]
    const { reaches, job } = begin(world)
    await reaches('failed', hour)
    expect(job().failure?.until).toBe((job().phases.at(-1)?.startedAt ?? 0) + 20_000)
  })

  it.each([
    ['moderation', 'change-prompt'],
    ['billing', 'top-up'],
    ['invalid-input', 'fix-file'],
  ] as const)('is not repeated when refused for %s', async (kind, action) => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError(kind, 'refused', action)]
    const { reaches, job } = begin(world)
    await reaches('failed')
    expect(world.provider.calls.create).toHaveLength(1)
    expect(job()).toMatchObject({ failure: { kind, action }, requestId: 'request-9' })
  })

  it.each([
    ['a lost answer', providerError('temporary', 'maybe')],
    ['an unexpected error', new Error('boom')],
  ])('is never repeated after %s', async (_what, error) => {
    const world = createJobsWorld()
    world.provider.script.create = [error]
    const { reaches, job } = begin(world)
    await reaches('uncertain')
    await reaches('failed', hour)
    expect(job().failure?.text.key).toBe('job.notCreated')
    expect(world.provider.calls.create).toHaveLength(1)
    const { startedAt = 0, endedAt } = job().phases.find(({ state }) => state === 'uncertain') ?? {}
    expect((endedAt ?? 0) - startedAt).toBe(2 * minute)
  })
})

describe('a task that cannot be recorded at once', () => {
  it('is recorded as soon as the database works', async () => {
    const world = createJobsWorld()
    const { store, reaches, job } = begin(world)
    const change = store.change
    let full = 3
    store.change = (id, owner, what) => {
      if (what.to === 'pending' && full-- > 0)
        throw Object.assign(new Error('disk is full'), { code: 'ERR_SQLITE_ERROR' })
      return change(id, owner, what)
    }
    await reaches('saved')
    expect(job().taskId).toBe('task-1')
    expect(full).toBeLessThan(0)
    expect(world.provider.calls.create).toHaveLength(1)
  })
})

describe('a prepared file', () => {
  const waiting = async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('rate-limit', 'refused', 'wait', 30 * minute)]
    const one = begin(world)
    await world.clock.until(() => world.provider.calls.create.length === 1)
    await one.jobs.stop()
    world.provider.script.create = []
    const sent = path.join(world.folder, 'sent', `${one.id}.mp4`)
    return { world, sent, ...one }
  }
  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['has another length', (file: string) => writeFileSync(file, 'clip')],
  ])('that %s is made again after a restart', async (_what, spoil) => {
    const { world, sent, reaches, states } = await waiting()
    spoil(sent)
    world.process().jobs.start()
    await reaches('saved')
    expect(world.prepared).toHaveLength(2)
    expect(states().filter((state) => state === 'preparing')).toHaveLength(2)
    expect(world.provider.calls.create).toHaveLength(2)
  })
})

it('the progress of an upload counts all files', async () => {
  const world = createJobsWorld()
  const image = path.join(world.folder, 'ref.png')
  writeFileSync(image, 'clip that stands for an image'.padEnd(45))
  const spec = world.spec()
  const [clip] = spec.files
  if (!clip) throw new Error('the world has no clip')
  const { size: bytes, mtimeMs: modifiedAt } = statSync(image)
  const file = { ...clip, role: 'reference-image' as const, path: image, bytes, modifiedAt }
  const { jobs, told } = world.process({ progressInterval: 0 })
  jobs.start()
  const { id } = jobs.submit({ ...spec, files: [clip, file] })
  await world.clock.until(() => jobs.get(id)?.state === 'saved')
  const seen = told.filter(({ state }) => state === 'uploading').map(({ progress }) => progress)
  // 15 of 60 bytes, then 45; each upload reports its half.
  expect([...new Set(seen)].filter((part) => part !== null)).toEqual([0.125, 0.25, 0.625, 1])
})

describe('an uploaded URL', () => {
  it('is used again only while the provider has time to fetch the file', () => {
    expect(isUploadFresh(48 * hour, 48 * hour - 30 * minute - 1)).toBe(true)
    expect(isUploadFresh(48 * hour, 48 * hour - 30 * minute)).toBe(false)
  })
})
