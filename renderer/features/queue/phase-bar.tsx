import { useTranslation } from 'react-i18next'
import { useFormat } from '../../language/use-format'
import { classNames } from '../../ui/class-names'
import { type Phase, type Phased, phasesOf, timeIn } from './phases'
import { useClock } from './use-clock'

const fillOf: Record<Phase['state'], string> = {
  todo: '',
  active: 'bg-accent',
  held: 'bg-accent',
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

const Segment = ({ phase, doubtful }: { phase: Phase; doubtful: boolean }) => {
  const { t } = useTranslation()
  const format = useFormat()
  // Whole seconds, which grow while the phase is open.
  const seconds = useClock((now) => Math.round(timeIn(phase, now) / 1000))
  const time = format.span(seconds * 1000)
  const name = t(`queue.phase.${phase.name}`)
  const isVisited = phase.state !== 'todo' && phase.state !== 'skipped'
  return (
    <li
      aria-label={`${name}: ${t(`queue.phaseState.${phase.state}`, { time })}`}
      className="min-w-0"
    >
      <Track doubtful={doubtful} phase={phase} />
      <div
        aria-hidden
        className={classNames(
          'mt-1 flex items-baseline gap-1.5 truncate text-xs',
          phase.state === 'active' || phase.state === 'held' ? 'text-text' : 'text-muted',
        )}
      >
        <span className="truncate">{name}</span>
        {isVisited ? <span className="shrink-0">{time}</span> : null}
        {phase.state === 'active' && phase.fraction !== null ? (
          <span className="shrink-0 text-muted">{format.percent(phase.fraction)}</span>
        ) : null}
      </div>
    </li>
  )
}

/** The five phases of a job with their progress and times. */
export const PhaseBar = ({ job }: { job: Phased }) => {
  const { t } = useTranslation()
  return (
    // Fixed widths, so that the phases of all rows line up.
    <ol aria-label={t('queue.phases')} className="grid grid-cols-[3fr_3fr_2fr_5fr_3fr] gap-x-1">
      {phasesOf(job).map((phase) => (
        <Segment doubtful={job.state === 'uncertain'} key={phase.name} phase={phase} />
      ))}
    </ol>
  )
}
