import { needsAttention } from '../../preload/contract'
import type { JobsWorld, Process } from './jobs-world'

/** Milliseconds. */
export const minute = 60_000
export const hour = 60 * minute

/** Submits the world's edit in a process that drives jobs, and gives what tests ask of it. */
export const begin = (world: JobsWorld, process: Process = world.process()) => {
  process.jobs.start()
  const { id } = process.jobs.submit(world.spec())
  const job = () => {
    const found = process.jobs.get(id)
    if (!found) throw new Error('the job is gone')
    return found
  }
  const reaches = (state: string, limit?: number) =>
    world.clock.until(() => job().state === state, limit)
  /** Waits until the job needs attention. */
  const isHeld = (limit?: number) => world.clock.until(() => needsAttention(job()), limit)
  /** Lets time pass while no process drives the job, then starts another one; resolves when the job has the state. */
  const reachesAfter = async (milliseconds: number, state: string) => {
    await process.jobs.stop()
    await world.clock.advance(milliseconds)
    process.jobs.start()
    await reaches(state, hour)
  }
  const states = () => job().phases.map((phase) => phase.state)
  return { ...process, id, job, reaches, reachesAfter, isHeld, states }
}
