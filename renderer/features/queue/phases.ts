import type { Job, JobState } from '../../../preload/contract'

/** The five phases of a job that are shown. */
export const phaseNames = ['prepare', 'upload', 'wait', 'run', 'download'] as const
type PhaseName = (typeof phaseNames)[number]

/** One segment of the phase bar. Durations in ms, times in ms since the epoch. */
export interface Phase {
  name: PhaseName
  /** `stopped`: the job ended early in this phase. */
  state: 'todo' | 'active' | 'done' | 'skipped' | 'stopped'
  /** Time spent in closed visits, without the one that is open since `openSince`. */
  spent: number
  openSince: number | null
  /** Filled part, 0..1; null while it is unknown. */
  fraction: number | null
}

const phaseOf: Partial<Record<JobState, PhaseName>> = {
  queued: 'prepare',
  preparing: 'prepare',
  uploading: 'upload',
  submitting: 'upload',
  pending: 'wait',
  running: 'run',
  downloading: 'download',
}

/** The phase of a state; null for the end states. */
const phaseOfState = (state: JobState): PhaseName | null => phaseOf[state] ?? null

const lastPhase = (job: Pick<Job, 'phases'>): PhaseName | null =>
  job.phases.reduce<PhaseName | null>((last, { state }) => phaseOfState(state) ?? last, null)

/**
 * The phases of a job in order, with the time spent in each.
 *
 * A phase that was passed without a visit is `skipped` (nothing to prepare, or answered at once). If the job
 * ended without a result, its last phase is `stopped` and the later ones are `todo`.
 */
export const phasesOf = (job: Pick<Job, 'state' | 'phases' | 'progress'>): Phase[] => {
  const saved = job.state === 'saved'
  const active = phaseOfState(job.state)
  const reached = active ?? lastPhase(job)
  const reachedAt = reached === null ? -1 : phaseNames.indexOf(reached)
  return phaseNames.map((name, index) => {
    const visits = job.phases.filter((visit) => phaseOfState(visit.state) === name)
    const spent = visits.reduce(
      (sum, v) => sum + Math.max(0, (v.endedAt ?? v.startedAt) - v.startedAt),
      0,
    )
    const open = name === active ? visits.find((visit) => visit.endedAt === null) : undefined
    const state = stateOf({
      index,
      reachedAt,
      saved,
      active: active !== null,
      visited: visits.length > 0,
    })
    return {
      name,
      state,
      spent,
      openSince: open?.startedAt ?? null,
      fraction: state === 'active' ? job.progress : state === 'done' || state === 'stopped' ? 1 : 0,
    }
  })
}

interface Place {
  index: number
  reachedAt: number
  saved: boolean
  active: boolean
  visited: boolean
}

const stateOf = ({ index, reachedAt, saved, active, visited }: Place): Phase['state'] => {
  if (saved || index < reachedAt) return visited ? 'done' : 'skipped'
  if (index > reachedAt) return 'todo'
  return active ? 'active' : 'stopped'
}

/** Time spent in a phase until now, in ms. */
export const timeIn = (phase: Pick<Phase, 'spent' | 'openSince'>, now: number): number =>
  phase.spent + (phase.openSince === null ? 0 : Math.max(0, now - phase.openSince))
