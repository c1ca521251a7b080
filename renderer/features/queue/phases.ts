import type { Job, JobState } from '../../../preload/contract'
import { needsAttention } from '../../../preload/contract/job-states'

/** The five phases of a job that are shown. */
export const phaseNames = ['prepare', 'upload', 'wait', 'run', 'download'] as const
type PhaseName = (typeof phaseNames)[number]

/** One segment of the phase bar. Durations in ms, times in ms since the epoch. */
export interface Phase {
  name: PhaseName
  /** `stopped`: the job ended early in this phase. `held`: it waits in this phase until something is mended. */
  state: 'todo' | 'active' | 'held' | 'done' | 'skipped' | 'stopped'
  /** Time spent in closed visits, without the one that is open since `openSince`. */
  spent: number
  openSince: number | null
  /** Filled part, 0..1; null while it is unknown. */
  fraction: number | null
}

/** The members of a job that its phases depend on. */
export type Phased = Pick<Job, 'state' | 'phases' | 'progress' | 'failure'>

/** The phase of a state; the end states have none. */
const phaseOf: Partial<Record<JobState, PhaseName>> = {
  queued: 'prepare',
  preparing: 'prepare',
  uploading: 'upload',
  submitting: 'upload',
  pending: 'wait',
  running: 'run',
  downloading: 'download',
}

/**
 * The phases of a job in order, with the time spent in each.
 *
 * A phase that was passed without a visit is `skipped` (nothing to prepare, or answered at once). If the job
 * ended without a result, its last phase is `stopped` and the later ones are `todo`.
 */
export const phasesOf = (job: Phased): Phase[] => {
  const active = phaseOf[job.state]
  const visited = job.phases.flatMap(({ state }) => phaseOf[state] ?? [])
  const reached = active ?? visited.at(-1)
  const reachedAt = reached ? phaseNames.indexOf(reached) : -1
  const stateOf = (name: PhaseName, index: number): Phase['state'] => {
    if (job.state === 'saved' || index < reachedAt)
      return visited.includes(name) ? 'done' : 'skipped'
    if (index > reachedAt) return 'todo'
    if (!active) return 'stopped'
    return needsAttention(job) ? 'held' : 'active'
  }
  return phaseNames.map((name, index) => {
    const visits = job.phases.filter((visit) => phaseOf[visit.state] === name)
    const spent = visits.reduce(
      (sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? startedAt) - startedAt),
      0,
    )
    const open = name === active ? visits.find((visit) => visit.endedAt === null) : undefined
    const state = stateOf(name, index)
    const isFull = state === 'done' || state === 'stopped' || state === 'held'
    return {
      name,
      state,
      spent,
      openSince: open?.startedAt ?? null,
      fraction: state === 'active' ? job.progress : Number(isFull),
    }
  })
}

/** Time spent in a phase until now, in ms. */
export const timeIn = (phase: Pick<Phase, 'spent' | 'openSince'>, now: number): number =>
  phase.spent + (phase.openSince === null ? 0 : Math.max(0, now - phase.openSince))
