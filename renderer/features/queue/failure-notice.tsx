import { Copy, ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Failure, Job } from '../../../preload/contract'
import { errorIdIn } from '../../../preload/contract/error-id'
import { resultLife } from '../../../preload/contract/wan27'
import { openReport } from '../../data/report'
import { useProvider } from '../../data/use-providers'
import { useLanguage } from '../../language/use-language'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { Disclosure } from '../../ui/disclosure'
import { IconButton } from '../../ui/icon-button'
import { VerdictMark } from '../../ui/verdict-mark'
import { ForgetButton } from './forget-button'
import { clockTime } from './job-words'
import { type FailureStep, failureStep, mayFollow, waitUntil } from './next-step'
import type { QueueActions } from './queue-actions'
import { useClock } from './use-clock'

/** The tool's own lines, and the provider's code, message and ids, each with a copy button. */
export const FailureDetails = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const said = job.failure?.provider
  const lines = [
    { name: 'tool', value: job.failure?.text.values['tool']?.toString().trim() },
    { name: 'code', value: said?.code },
    { name: 'message', value: said?.message },
    { name: 'httpStatus', value: said?.httpStatus?.toString() },
    { name: 'requestId', value: said?.requestId ?? job.requestId },
    { name: 'taskId', value: job.taskId },
  ] as const
  const known = lines.flatMap(({ name, value }) =>
    value ? [{ name, value, label: t(`queue.detail.${name}`) }] : [],
  )
  if (known.length === 0) return null
  return (
    <Disclosure className="max-w-2xl" label={t('queue.details')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 rounded-md bg-window py-2 pr-2 pl-3 text-sm">
        {known.map(({ name, value, label }) => (
          <div className="col-span-3 grid grid-cols-subgrid items-start" key={name}>
            <dt className="py-0.5 text-muted">{label}</dt>
            <dd
              className="max-h-40 min-w-0 overflow-auto py-0.5 font-mono break-words whitespace-pre-wrap"
              data-selectable
            >
              {value}
            </dd>
            <IconButton
              icon={<Copy aria-hidden />}
              label={t('common.copy', { what: label })}
              onClick={() => actions.copy(value)}
              size="sm"
            />
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}

/** A hint where the button alone does not explain what helps. */
const useHint = (job: Job): string | null => {
  const { t } = useTranslation()
  const language = useLanguage()
  const until = waitUntil(job)
  const isOver = useClock((now) => now >= until)
  switch (job.failure?.action) {
    case 'wait':
      return isOver
        ? t('queue.hint.waited')
        : t('queue.hint.wait', { time: clockTime(until, language) })
    case 'free-space':
    case 'reconnect':
    case 'contact-provider':
      return t(`queue.hint.${job.failure.action}`)
    default:
      return null
  }
}

/** The button that helps. */
export const StepButton = ({
  step,
  job,
  actions,
}: {
  step: Exclude<FailureStep, { do: 'none' }>
  job: Job
  actions: QueueActions
}) => {
  const { t } = useTranslation()
  return (
    <Button
      icon={step.do === 'page' ? <ExternalLink aria-hidden className="size-4" /> : null}
      look="accent"
      onClick={() => {
        if (step.do === 'settings') actions.settings(step.section)
        else if (step.do === 'page') actions.open(step.url)
        else actions[step.do](job)
      }}
    >
      {t(`queue.act.${step.label}`)}
    </Button>
  )
}

/** The report about an error that nobody expected; nothing for other failures. */
export const ReportButton = ({ failure }: { failure: Failure | null }) => {
  const { t } = useTranslation()
  const errorId = failure && errorIdIn(failure.text)
  if (errorId === null) return null
  return (
    <Button look="quiet" onClick={() => openReport(errorId)}>
      {t('common.report.open')}
    </Button>
  )
}

/** Why a job failed: one sentence, a hint and the button that helps. */
export const FailureNotice = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const say = useSay()
  const hint = useHint(job)
  const step = failureStep(job, useProvider(job.provider))
  const sentence = job.failure
    ? say(job.failure.text)
    : job.state === 'expired'
      ? t('queue.expiredPlain', { hours: resultLife / 3_600_000 })
      : t('queue.failedPlain')
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-start justify-end gap-x-4 gap-y-1">
        <div className="flex min-w-64 flex-1 gap-2 py-1.5">
          <VerdictMark className="mt-0.5" label={t('queue.failedMark')} mark="fail" />
          <p className="max-w-2xl">
            {sentence}
            {hint ? <span className="block text-muted">{hint}</span> : null}
          </p>
        </div>
        <div className="flex shrink-0 gap-1">
          <ReportButton failure={job.failure} />
          {job.resumes ? (
            <ForgetButton actions={actions} job={job} />
          ) : (
            <Button look="quiet" onClick={() => actions.remove([job])}>
              {t('queue.dismiss')}
            </Button>
          )}
          {mayFollow(step, job) ? (
            <Button look="quiet" onClick={() => actions.retry(job)}>
              {t('queue.act.try-again')}
            </Button>
          ) : null}
          {step.do === 'none' ? null : <StepButton actions={actions} job={job} step={step} />}
        </div>
      </div>
      <FailureDetails actions={actions} job={job} />
    </div>
  )
}
