import { useTranslation } from 'react-i18next'
import type { Failure, FailureAction, Job } from '../../../preload/contract'
import { useProvider } from '../../data/use-providers'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { VerdictMark } from '../../ui/verdict-mark'
import { FailureDetails, ReportButton, StepButton } from './failure-notice'
import { ForgetButton } from './forget-button'
import { failureStep } from './next-step'
import type { QueueActions } from './queue-actions'

/** What goes on by itself when the cause is mended; others go on when they are tried again. */
const hints = {
  'enter-key': 'enter-key',
  'try-region': 'try-region',
  'set-up-bucket': 'set-up-bucket',
  'top-up': 'top-up',
  'choose-folder': 'choose-folder',
  'free-space': 'free-space',
  reconnect: 'reconnect',
} as const satisfies Partial<Record<FailureAction, FailureAction>>

const hintOf = ({ action }: Failure) =>
  action in hints ? hints[action as keyof typeof hints] : 'other'

/** Why a job is held: one sentence, what happens by itself, and the button that helps. */
export const HeldNotice = ({
  job,
  failure,
  actions,
}: {
  job: Job
  failure: Failure
  actions: QueueActions
}) => {
  const { t } = useTranslation()
  const say = useSay()
  const step = failureStep(job, useProvider(job.provider))
  const isElsewhere = step.do === 'settings' || step.do === 'page'
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-start justify-end gap-x-4 gap-y-1">
        <div className="flex min-w-64 flex-1 gap-2 py-1.5">
          <VerdictMark className="mt-0.5" label={t('queue.heldMark')} mark="warn" />
          <p className="max-w-2xl">
            {say(failure.text)}
            <span className="block text-muted">{t(`queue.held.${hintOf(failure)}`)}</span>
          </p>
        </div>
        <div className="flex shrink-0 gap-1">
          <ReportButton failure={failure} />
          <ForgetButton actions={actions} job={job} />
          <Button look={isElsewhere ? 'quiet' : 'accent'} onClick={() => actions.retry(job)}>
            {t('queue.tryNow')}
          </Button>
          {isElsewhere ? <StepButton actions={actions} job={job} step={step} /> : null}
        </div>
      </div>
      <FailureDetails actions={actions} job={job} />
    </div>
  )
}
