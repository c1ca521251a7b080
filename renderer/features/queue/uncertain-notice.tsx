import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useFormat } from '../../language/use-format'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { Tooltip } from '../../ui/tooltip'
import { VerdictMark } from '../../ui/verdict-mark'
import { FailureDetails } from './failure-notice'
import type { QueueActions } from './queue-actions'

/** Explains that the answer to the create call was lost, and offers three decisions. */
export const UncertainNotice = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const format = useFormat()
  /** The decision to confirm. */
  const [question, setQuestion] = useState<'submit-again' | 'give-up' | null>(null)
  const again = question === 'submit-again'
  const sendAgain = () => {
    if (!job.estimate?.amount) return t('queue.uncertain.confirmTextPlain')
    const amount = format.money(job.estimate.amount, job.estimate.currency)
    return t('queue.uncertain.confirmText', { amount })
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <VerdictMark className="mt-0.5" label={t('queue.uncertainMark')} mark="warn" />
        <p className="max-w-2xl">{t('queue.uncertain.text')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Tooltip label={t('queue.uncertain.lookAgainHint')}>
          <Button look="accent" onClick={() => actions.resolve(job, { kind: 'look-again' })}>
            {t('queue.uncertain.lookAgain')}
          </Button>
        </Tooltip>
        <Tooltip label={t('queue.uncertain.sendAgainHint')}>
          <Button onClick={() => setQuestion('submit-again')}>
            {t('queue.uncertain.sendAgain')}
          </Button>
        </Tooltip>
        <Tooltip label={t('queue.uncertain.giveUpHint')}>
          <Button look="quiet" onClick={() => setQuestion('give-up')}>
            {t('queue.uncertain.giveUp')}
          </Button>
        </Tooltip>
      </div>
      <FailureDetails actions={actions} job={job} />
      <ConfirmDialog
        confirm={t(again ? 'queue.uncertain.confirm' : 'queue.uncertain.giveUpConfirm')}
        description={again ? sendAgain() : t('queue.uncertain.giveUpText')}
        look={again ? 'primary' : 'danger'}
        onClose={() => setQuestion(null)}
        onConfirm={() => {
          if (question) actions.resolve(job, { kind: question })
          setQuestion(null)
        }}
        open={question !== null}
        title={t(again ? 'queue.uncertain.confirmTitle' : 'queue.uncertain.giveUpTitle')}
      />
    </div>
  )
}
