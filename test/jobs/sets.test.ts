import { describe, expect, it } from 'vitest'
import type { Estimate, ProviderId } from '../../preload/contract'
import { begin } from '../support/begin-job'
import { providerError } from '../support/fake-provider'
import { createJobsWorld } from '../support/jobs-world'

const estimate = (amount: number): Estimate => ({
  currency: 'USD',
  amount,
  bills: 'input+output',
  seconds: { input: 5, output: 5, billed: 10 },
})

/** Prices that differ by provider. */
const perSecond: Partial<Record<ProviderId, number>> = { dashscope: 0.1, evolink: 0.2 }

/** A world with these prices and a job that the provider has refused. */
const refused = async (estimated: Estimate | null) => {
  const asked: { mode: string; seconds: number }[] = []
  const world = createJobsWorld({
    price: (provider, mode, { seconds }) => {
      asked.push({ mode, seconds })
      const price = perSecond[provider]
      return price === undefined ? null : estimate(price * seconds)
    },
  })
  world.provider.script.create = [providerError('auth', 'refused', 'enter-key')]
  const { jobs, store } = world.process()
  jobs.start()
  const { id } = jobs.submit(world.spec({ estimate: estimated }))
  await world.clock.until(() => jobs.get(id)?.state === 'failed')
  return { jobs, store, id, asked }
}

it('a retry at a provider that does not take the request makes no job', async () => {
  const text = { key: 'finding.files_role', values: {} }
  const world = createJobsWorld({ refusalAt: (id) => (id === 'apiyi' ? text : null) })
  world.provider.script.create = [providerError('auth', 'refused', 'enter-key')]
  const { jobs } = world.process()
  jobs.start()
  const { id } = jobs.submit(world.spec())
  await world.clock.until(() => jobs.get(id)?.state === 'failed')
  await expect(jobs.retry(id, 'apiyi')).rejects.toMatchObject({ code: 'refusedThere', text })
  expect(jobs.list()).toHaveLength(1)
  expect((await jobs.retry(id, 'evolink')).provider).toBe('evolink')
})

describe('the set of a job', () => {
  it('is another one for each submission', () => {
    const world = createJobsWorld()
    const { jobs } = world.process()
    const [one, two] = [jobs.submit(world.spec()), jobs.submit(world.spec())]
    expect(one.setId).not.toBe(two.setId)
  })

  it('is one for all takes of a submission, recorded together or not at all', () => {
    const world = createJobsWorld()
    const { jobs, store } = world.process()
    const takes = [world.spec({ prompt: 'one' }), world.spec({ prompt: 'two' })]
    const made = jobs.submitSet(takes)
    expect(made.map(({ prompt }) => prompt)).toEqual(['one', 'two'])
    expect(new Set(made.map(({ setId }) => setId)).size).toBe(1)
    const [record] = store.list()
    if (!record) throw new Error('nothing was recorded')
    expect(() => store.insert({ ...record, id: 'new' }, record)).toThrow()
    expect(store.list()).toHaveLength(2)
  })

  it('is kept by a retry with a new job', async () => {
    const { jobs, store, id } = await refused(null)
    const again = await jobs.retry(id)
    expect(again.id).not.toBe(id)
    expect(again.setId).toBe(jobs.get(id)?.setId)
    expect(store.get(again.id)?.setId).toBe(again.setId)
  })

  it('is kept by a retry at another provider', async () => {
    const { jobs, id } = await refused(null)
    expect((await jobs.retry(id, 'evolink')).setId).toBe(jobs.get(id)?.setId)
  })

  it('is kept by submitting an uncertain job again', async () => {
    const world = createJobsWorld()
    world.provider.script.create = [providerError('temporary', 'maybe')]
    delete world.provider.list
    const { jobs, reaches, id, job } = begin(world)
    await reaches('uncertain')
    await jobs.drain()
    const again = await jobs.resolve(id, { kind: 'submit-again' })
    expect(again.id).not.toBe(id)
    expect(again.setId).toBe(job().setId)
  })

  it('goes into the library with the result', async () => {
    const world = createJobsWorld()
    const { reaches, job, library } = begin(world)
    await reaches('saved')
    expect(library.get(job().libraryId ?? '')?.setId).toBe(job().setId)
  })
})

describe('the estimate of a retry at another provider', () => {
  it('uses that provider’s prices and the seconds of the job', async () => {
    const { jobs, id, asked } = await refused(estimate(0.5))
    expect(jobs.estimateAt(id, 'evolink')).toEqual(estimate(1))
    expect(jobs.estimateAt(id, 'dashscope')).toEqual(estimate(0.5))
    expect(asked).toEqual(Array(2).fill({ mode: 'edit', seconds: 5 }))
  })

  it('is the estimate of the new job', async () => {
    const { jobs, id } = await refused(estimate(0.5))
    expect(await jobs.retry(id, 'evolink')).toMatchObject({
      provider: 'evolink',
      estimate: estimate(1),
    })
    expect(jobs.get(id)).toMatchObject({ provider: 'dashscope', estimate: estimate(0.5) })
  })

  it('does not exist for a job without an estimate', async () => {
    const { jobs, id, asked } = await refused(null)
    expect(jobs.estimateAt(id, 'evolink')).toBeNull()
    expect((await jobs.retry(id, 'evolink')).estimate).toBeNull()
    expect(asked).toEqual([])
  })

  it('does not exist for a provider without prices', async () => {
    const { jobs, id } = await refused(estimate(0.5))
    expect(jobs.estimateAt(id, 'apiyi')).toBeNull()
  })

  it('needs a job that exists', async () => {
    const { jobs } = await refused(null)
    expect(() => jobs.estimateAt('nobody', 'evolink')).toThrow('job.notFound')
  })
})
