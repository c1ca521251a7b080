import { X } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { needsAttention, needsDecision } from '../../../preload/contract/job-states'
import { useProviderName } from '../../data/use-providers'
import { titleOf } from '../../format'
import { useFormat } from '../../language/use-format'
import { useLanguage } from '../../language/use-language'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { IconButton } from '../../ui/icon-button'
import { Poster } from '../../ui/poster'
import { VerdictMark } from '../../ui/verdict-mark'
import { FailureNotice } from './failure-notice'
import { HeldNotice } from './held-notice'
import { CostLine, KeptUntil, NextStepLine } from './job-facts'
import { clockTime, costOf, durationOf } from './job-words'
import { PhaseBar } from './phase-bar'
import type { QueueActions } from './queue-actions'
import { sectionOf } from './sections'
import { UncertainNotice } from './uncertain-notice'

/** Facts side by side with a dot between them; empty facts leave no dot. */
const facts =
  'flex min-w-0 flex-wrap gap-x-1.5 text-sm text-muted [&>*+*]:before:mr-1.5 [&>*+*]:before:content-["·"]'

const Heading = ({ job }: { job: Job }) => {
  const { t } = useTranslation()
  const say = useSay()
  const language = useLanguage()
  const providerName = useProviderName()
  return (
    <>
      <h3 className="truncate font-medium" data-selectable title={job.prompt || undefined}>
        {titleOf(job.prompt, t('common.noPrompt'))}
      </h3>
      <p className={facts}>
        <span className="max-w-72 truncate">
          {job.files[0] ? job.name : say({ key: `mode.${job.mode}`, values: {} })}
        </span>
        <span>{providerName(job.provider)}</span>
        <span>{job.options.quality}</span>
        <time dateTime={new Date(job.createdAt).toISOString()}>
          {clockTime(job.createdAt, language)}
        </time>
      </p>
    </>
  )
}

const InProgress = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <>
      <PhaseBar job={job} />
      {job.trouble ? <p className="text-sm text-warn">{say(job.trouble)}</p> : null}
      <div className="flex min-h-6 items-center justify-between gap-4">
        <p className={facts}>
          <NextStepLine job={job} />
          {job.expiresAt === null ? null : <KeptUntil expiresAt={job.expiresAt} />}
          <CostLine job={job} />
        </p>
        {job.canCancel ? (
          <Button look="quiet" onClick={() => actions.cancel(job)} size="sm">
            {t('common.cancel')}
          </Button>
        ) : job.state === 'running' ? (
          <span className="text-sm text-muted">{t('queue.cannotCancel')}</span>
        ) : null}
      </div>
    </>
  )
}

const Notice = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  if (needsDecision(job.state)) return <UncertainNotice actions={actions} job={job} />
  return job.failure && needsAttention(job) ? (
    <HeldNotice actions={actions} failure={job.failure} job={job} />
  ) : (
    <FailureNotice actions={actions} job={job} />
  )
}

const NeedsPerson = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const isHeld = needsAttention(job)
  const maySucceed = isHeld || needsDecision(job.state)
  return (
    <>
      <PhaseBar job={job} />
      <Notice actions={actions} job={job} />
      {/* Only for a task that may still succeed, and for an amount that was really billed. */}
      <p className={classNames(facts, 'empty:hidden')}>
        <NextStepLine job={job} />
        {maySucceed && job.expiresAt !== null ? <KeptUntil expiresAt={job.expiresAt} /> : null}
        {isHeld || costOf(job).kind === 'billed' ? <CostLine job={job} /> : null}
      </p>
    </>
  )
}

const outcome = { saved: 'pass', failed: 'fail', expired: 'fail', cancelled: 'info' } as const

const FinishedRow = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const language = useLanguage()
  const providerName = useProviderName()
  const say = useSay()
  const ended = job.state in outcome ? (job.state as keyof typeof outcome) : 'cancelled'
  return (
    <div className="flex min-w-0 items-center gap-4">
      <Poster className="h-9 w-16" url={job.posterUrl} />
      <div className="min-w-0 flex-1">
        <h3
          className="flex min-w-0 items-center gap-1.5 font-medium"
          title={job.prompt || undefined}
        >
          <VerdictMark label={say({ key: `state.${ended}`, values: {} })} mark={outcome[ended]} />
          <span className="truncate">{titleOf(job.prompt, t('common.noPrompt'))}</span>
          {job.seen ? null : (
            <span
              aria-label={t('queue.new')}
              className="size-1.5 shrink-0 rounded-full bg-accent"
              role="img"
            />
          )}
        </h3>
        <p className={facts}>
          <span className="max-w-60 truncate">
            {job.files[0] ? job.name : say({ key: `mode.${job.mode}`, values: {} })}
          </span>
          <span>{providerName(job.provider)}</span>
          <span>
            {t(ended === 'saved' ? 'queue.took' : `queue.after.${ended}`, {
              time: format.span(durationOf(job)),
            })}
          </span>
          <CostLine job={job} />
          <time dateTime={new Date(job.updatedAt).toISOString()}>
            {clockTime(job.updatedAt, language)}
          </time>
        </p>
      </div>
      {ended === 'saved' && job.libraryId !== null ? (
        <Button onClick={() => actions.show(job)}>{t('queue.show')}</Button>
      ) : null}
      {ended === 'cancelled' && job.canRetry ? (
        <Button look="quiet" onClick={() => actions.retry(job)}>
          {t('queue.act.try-again')}
        </Button>
      ) : null}
      <IconButton
        icon={<X aria-hidden />}
        label={t('queue.clearOne')}
        onClick={() => actions.remove([job])}
      />
    </div>
  )
}

/** One job: its edit, progress, next step and commands. */
export const JobRow = memo(
  ({ job, actions, leaving }: { job: Job; actions: QueueActions; leaving: boolean }) => {
    const { t } = useTranslation()
    const section = sectionOf(job)
    return (
      <li
        aria-label={titleOf(job.prompt, t('common.noPrompt'))}
        className={classNames(
          'grid transition-[grid-template-rows,opacity,translate] duration-180 ease-out',
          leaving ? 'translate-x-4 grid-rows-[0fr] opacity-0' : 'animate-appear grid-rows-[1fr]',
        )}
        data-job={job.id}
        data-state={job.state}
        inert={leaving}
      >
        <div className="min-h-0 overflow-hidden">
          {section === 'finished' ? (
            <div className="px-4 py-3">
              <FinishedRow actions={actions} job={job} />
            </div>
          ) : (
            <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-4 p-4">
              <Poster className="h-[54px] w-24" url={job.posterUrl} />
              <div className="flex min-w-0 flex-col gap-2.5">
                <div className="min-w-0">
                  <Heading job={job} />
                </div>
                {section === 'way' ? (
                  <InProgress actions={actions} job={job} />
                ) : (
                  <NeedsPerson actions={actions} job={job} />
                )}
              </div>
            </div>
          )}
        </div>
      </li>
    )
  },
)
