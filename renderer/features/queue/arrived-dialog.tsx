import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { longest } from '../../../preload/contract/bounds'
import { AnswerFailure } from '../../data/failures'
import { useSettleByTask } from '../../data/use-jobs'
import { useProviderName } from '../../data/use-providers'
import { useSay } from '../../language/use-say'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Field, TextInput } from '../../ui/field'

interface ArrivedDialogProps {
  job: Job
  open: boolean
  onClose: () => void
}

/** Asks for the task of an uncertain job that did arrive. A refusal is shown at the field. */
export const ArrivedDialog = ({ job, open, onClose }: ArrivedDialogProps) => {
  const { t } = useTranslation()
  const say = useSay()
  const id = useId()
  const provider = useProviderName()(job.provider, 'short')
  const [typed, setTyped] = useState('')
  const { mutate: settle, isPending, error, reset } = useSettleByTask()
  const taskId = typed.trim()
  const close = () => {
    setTyped('')
    reset()
    onClose()
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (taskId !== '' && !isPending) settle({ id: job.id, taskId }, { onSuccess: close })
  }
  const problem = error instanceof AnswerFailure ? say(error.text) : error?.message
  return (
    <Dialog
      description={t('queue.uncertain.arrived.text')}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button busy={isPending} disabled={taskId === ''} form={id} look="primary" type="submit">
            {t('queue.uncertain.arrived.confirm')}
          </Button>
        </>
      }
      onOpenChange={(isOpen) => !isOpen && close()}
      open={open}
      title={t('queue.uncertain.arrived.title')}
    >
      <form id={id} onSubmit={save}>
        <Field
          hint={t('queue.uncertain.arrived.hint', { provider })}
          htmlFor={`${id}-task`}
          label={t('queue.detail.taskId')}
          problem={problem && <span role="alert">{problem}</span>}
        >
          <TextInput
            aria-invalid={problem !== undefined}
            className="font-mono"
            data-first
            id={`${id}-task`}
            maxLength={longest.taskId}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value)
              reset()
            }}
            value={typed}
          />
        </Field>
      </form>
    </Dialog>
  )
}
