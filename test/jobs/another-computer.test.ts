import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '../../main/providers/provider'
import { providerError, running, succeeded } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

const hour = 3_600_000

const doneWith = (prompt: string): TaskStatus => ({
  status: 'succeeded',
  resultUrl: 'https://provider.example/out.mp4',
  requestId: null,
  usage: null,
  prompt,
})

/** A job whose create was lost, at a provider that tells prompts and lists these tasks. */
const lost = (tasks: readonly string[], answers: Record<string, TaskStatus[]>) => {
  const world = createJobsWorld()
  const { provider } = world
  provider.tellsPrompt = true
  provider.script.create = [providerError('temporary', 'maybe')]
  provider.list = async () => ({
    tasks: tasks.map((taskId) => ({
      taskId,
      createdAt: world.clock.now(),
      status: 'RUNNING',
    })),
    isComplete: true,
    now: null,
  })
  provider.query = async (taskId) => {
    const [answer] = answers[taskId] ?? []
    if ((answers[taskId]?.length ?? 0) > 1) answers[taskId]?.shift()
    return answer ?? running
  }
  const { jobs, library } = world.process()
  jobs.start()
  const { id } = jobs.submit(world.spec())
  const job = () => {
    const found = jobs.get(id)
    if (!found) throw new Error('the job is gone')
    return found
  }
  return { world, jobs, library, job }
}

describe('a task that another computer created', () => {
  it('is not adopted if its prompt is another', async () => {
    const { world, job } = lost(['theirs', 'ours'], {
      theirs: [doneWith('something else')],
      ours: [doneWith(createJobsWorld().spec().prompt)],
    })
    await world.clock.until(() => job().state === 'saved', hour)
    expect(job().taskId).toBe('ours')
  })

  it('is dropped when its prompt is known only at its end, and the lost create is settled without it', async () => {
    const { world, job, library } = lost(['theirs'], {
      theirs: [running, running, doneWith('something else')],
    })
    await world.clock.until(() => job().taskId === 'theirs', hour)
    await world.clock.until(() => job().state === 'failed', hour)
    expect(job()).toMatchObject({ taskId: null, failure: { text: { key: 'job.notCreated' } } })
    expect(library.list({ words: '', providers: [] })).toEqual([])
    expect(world.provider.calls.create).toHaveLength(1)
  })

  it('is adopted if nothing tells it apart from ours', async () => {
    const { world, job } = lost(['either'], { either: [running, succeeded] })
    await world.clock.until(() => job().state === 'saved', hour)
    expect(job().taskId).toBe('either')
  })
})
