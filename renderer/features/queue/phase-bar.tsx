import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useFormat } from '../../language/use-format'
import { classNames } from '../../ui/class-names'
import { type Phase, phasesOf, timeIn } from './phases'
import { useClock } from './use-clock'

/** Fixed widths, so that the phases of all rows line up. */
const columns = 'grid grid-cols-[3fr_3fr_2fr_5fr_3fr] gap-x-1'

/** Whole seconds spent in a phase; grows while the phase is open. */
const useSecondsIn = (phase: Phase): number =>
  useClock((now) => Math.round(timeIn(phase, now) / 1000))

const fillOf: Record<Phase['state'], string> = {
  todo: '',
  active: 'bg-accent',
  done: 'bg-muted opacity-60',
  skipped: '',
  stopped: 'bg-fail',
}

const Track = ({ phase, doubtful }: { phase: Phase; doubtful: boolean }) => (
  <div className="h-1 overflow-hidden rounded-full bg-pressed">
    <div
      className={classNames(
        'h-full origin-left rounded-full transition-transform duration-180',
        doubtful && phase.state === 'stopped' ? 'bg-accent' : fillOf[phase.state],
        phase.fraction === null && 'animate-pulse opacity-55',
      )}
      style={{ transform: `scaleX(${phase.fraction ?? 1})` }}
    />
  </div>
)

const useTimeSaid = (phase: Phase): string => {
  const { t } = useTranslation()
  const format = useFormat()
  const seconds = useSecondsIn(phase)
  const name = t(`queue.phase.${phase.name}`)
  const state = t(`queue.phaseState.${phase.state}`, { time: format.span(seconds * 1000) })
  return `${name}: ${state}`
}

const Segment = ({ phase, doubtful }: { phase: Phase; doubtful: boolean }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const seconds = useSecondsIn(phase)
  const said = useTimeSaid(phase)
  const shown = phase.state === 'todo' || phase.state === 'skipped' ? null : seconds * 1000
  const percent = phase.state === 'active' && phase.fraction !== null ? phase.fraction : null
  return (
    <li aria-label={said} className="min-w-0">
      <Track doubtful={doubtful} phase={phase} />
      <div
        aria-hidden
        className={classNames(
          'mt-1 flex items-baseline gap-1.5 truncate text-xs',
          phase.state === 'active' ? 'text-text' : 'text-muted',
        )}
      >
        <span className="truncate">{t(`queue.phase.${phase.name}`)}</span>
        {shown === null ? null : <span className="shrink-0">{format.span(shown)}</span>}
        {percent === null ? null : (
          <span className="shrink-0 text-muted">{format.percent(percent)}</span>
        )}
      </div>
    </li>
  )
}

/** The five phases of a job with their progress and times. */
export const PhaseBar = ({ job }: { job: Pick<Job, 'state' | 'phases' | 'progress'> }) => {
  const { t } = useTranslation()
  return (
    <ol aria-label={t('queue.phases')} className={columns}>
      {phasesOf(job).map((phase) => (
        <Segment doubtful={job.state === 'uncertain'} key={phase.name} phase={phase} />
      ))}
    </ol>
  )
}
