import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { useWhen } from './job-facts'
import type { QueueActions } from './queue-actions'

/** Removes a job whose result may be paid for and still be at the provider, after a question. */
export const ForgetButton = ({ job, actions }: { job: Job; actions: QueueActions }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const when = useWhen(job.expiresAt ?? 0)
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('queue.forget')}
      </Button>
      <ConfirmDialog
        confirm={t('queue.forgetConfirm')}
        description={when ? t('queue.forgetText', { when }) : t('queue.forgetTextPlain')}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          actions.remove([job])
        }}
        open={asking}
        title={t('queue.forgetTitle')}
      />
    </>
  )
}
