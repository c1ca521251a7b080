import { Copy, ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { resultLife } from '../../../preload/contract/wan27'
import { useProvider } from '../../data/use-providers'
import { useLanguage } from '../../language/use-language'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { Disclosure } from '../../ui/disclosure'
import { IconButton } from '../../ui/icon-button'
import { VerdictMark } from '../../ui/verdict-mark'
import { clockTime } from './job-words'
import { type FailureStep, failureStep, mayFollow, waitUntil } from './next-step'
import type { QueueActions } from './queue-actions'
import { useClock } from './use-clock'

const Detail = ({ label, value, onCopy }: { label: string; value: string; onCopy: () => void }) => {
  const { t } = useTranslation()
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-start">
      <dt className="py-0.5 text-muted">{label}</dt>
      <dd className="min-w-0 py-0.5 font-mono break-words" data-selectable>
        {value}
      </dd>
      <IconButton
        icon={<Copy aria-hidden />}
        label={t('queue.copy', { what: label })}
        onClick={onCopy}
        size="sm"
      />
    </div>
  )
}

/** The provider's own code, message and ids, each with a copy button. */
export const FailureDetails = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const said = job.failure?.provider ?? null
  const lines = [
    ['code', said?.code ?? null],
    ['message', said?.message ?? null],
    ['httpStatus', said?.httpStatus == null ? null : String(said.httpStatus)],
    ['requestId', said?.requestId ?? job.requestId],
    ['taskId', job.taskId],
  ] as const
  const known = lines.flatMap(([name, value]) => (value ? [{ name, value }] : []))
  if (known.length === 0) return null
  return (
    <Disclosure className="max-w-2xl" label={t('queue.details')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 rounded-md bg-window py-2 pr-2 pl-3 text-sm">
        {known.map(({ name, value }) => (
          <Detail
            key={name}
            label={t(`queue.detail.${name}`)}
            onCopy={() => actions.copy(value)}
            value={value}
          />
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
          <Button look="quiet" onClick={() => actions.remove([job])}>
            {t('queue.dismiss')}
          </Button>
          {mayFollow(step, job) ? (
            <Button look="quiet" onClick={() => actions.retry(job)}>
              {t('queue.act.try-again')}
            </Button>
          ) : null}
          <FailureButton actions={actions} job={job} step={step} />
        </div>
      </div>
      <FailureDetails actions={actions} job={job} />
    </div>
  )
}

interface FailureButtonProps {
  job: Job
  step: FailureStep
  actions: QueueActions
}

/** The button of a failure; empty when nothing can be done. */
const FailureButton = ({ job, step, actions }: FailureButtonProps) => {
  const { t } = useTranslation()
  if (step.do === 'none') return null
  const run = () => {
    switch (step.do) {
      case 'settings':
        return actions.settings(step.section)
      case 'page':
        return actions.open(step.url)
      case 'region':
        return actions.tryRegion(job)
      case 'retry':
        return actions.retry(job)
      case 'edit':
        return actions.edit(job)
    }
  }
  return (
    <Button
      icon={step.do === 'page' ? <ExternalLink aria-hidden className="size-4" /> : null}
      look="accent"
      onClick={run}
    >
      {t(`queue.act.${step.label}`)}
    </Button>
  )
}
