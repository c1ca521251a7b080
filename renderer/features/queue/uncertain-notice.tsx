import { Ban, Ellipsis, Send, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useFormat } from '../../language/use-format'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { IconButton } from '../../ui/icon-button'
import { Menu } from '../../ui/menu'
import { Tooltip } from '../../ui/tooltip'
import { VerdictMark } from '../../ui/verdict-mark'
import { ArrivedDialog } from './arrived-dialog'
import { FailureDetails } from './failure-notice'
import type { QueueActions } from './queue-actions'

/** The decisions that are confirmed, as in the menu. */
const confirmed = {
  'never-arrived': { icon: <X aria-hidden />, look: 'primary' },
  'submit-again': { icon: <Send aria-hidden />, look: 'primary' },
  'give-up': { icon: <Ban aria-hidden />, look: 'danger' },
} as const
type Confirmed = keyof typeof confirmed
const kinds = Object.keys(confirmed) as Confirmed[]

/** Asks before a decision that nothing undoes. */
const Confirmation = ({
  job,
  kind,
  onClose,
  actions,
}: {
  job: Job
  kind: Confirmed | null
  onClose: () => void
  actions: QueueActions
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = kind ?? 'give-up'
  const cost = shown === 'submit-again' ? job.estimate : null
  const text = cost?.amount
    ? t('queue.uncertain.submit-again.textCost', {
        amount: format.money(cost.amount, cost.currency),
      })
    : t(`queue.uncertain.${shown}.text`)
  return (
    <ConfirmDialog
      confirm={t(`queue.uncertain.${shown}.confirm`)}
      description={text}
      look={confirmed[shown].look}
      onClose={onClose}
      onConfirm={() => {
        actions.resolve(job, { kind: shown })
        onClose()
      }}
      open={kind !== null}
      title={t(`queue.uncertain.${shown}.title`)}
    />
  )
}

/** Explains that the answer to the create call was lost, and offers what a person can know or decide. */
export const UncertainNotice = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const say = useSay()
  const [question, setQuestion] = useState<Confirmed | 'arrived' | null>(null)
  const close = () => setQuestion(null)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-start justify-end gap-x-4 gap-y-1">
        <div className="flex min-w-64 flex-1 gap-2 py-1.5">
          <VerdictMark className="mt-0.5" label={t('queue.uncertainMark')} mark="warn" />
          <p className="max-w-2xl">
            {say(job.failure?.text ?? { key: 'job.uncertain', values: {} })}
            <span className="block text-muted">
              {t(job.looking ? 'queue.uncertain.looking' : 'queue.uncertain.undecided')}
            </span>
          </p>
        </div>
        <div className="flex shrink-0 gap-1">
          <Menu
            items={kinds.map((kind) => ({
              label: t(`queue.uncertain.${kind}.label`),
              icon: confirmed[kind].icon,
              onSelect: () => setQuestion(kind),
              isApart: kind === 'submit-again',
            }))}
            trigger={
              <IconButton icon={<Ellipsis aria-hidden />} label={t('queue.uncertain.more')} />
            }
          />
          <Button look="quiet" onClick={() => setQuestion('arrived')}>
            {t('queue.uncertain.arrived.label')}
          </Button>
          <Tooltip label={t('queue.uncertain.lookAgainHint')}>
            <Button look="accent" onClick={() => actions.resolve(job, { kind: 'look-again' })}>
              {t('queue.uncertain.lookAgain')}
            </Button>
          </Tooltip>
        </div>
      </div>
      <FailureDetails actions={actions} job={job} />
      <ArrivedDialog job={job} onClose={close} open={question === 'arrived'} />
      <Confirmation
        actions={actions}
        job={job}
        kind={question === 'arrived' ? null : question}
        onClose={close}
      />
    </div>
  )
}
