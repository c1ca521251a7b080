import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useTrashResults } from '../../data/use-library'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { toast } from '../../ui/toast-store'

interface TrashDialogProps {
  entries: readonly LibraryEntry[]
  onClose: () => void
  onTrashed?: () => void
}

/** Asks before results go to the computer's trash; closed while there is nothing to ask about. */
export const TrashDialog = ({ entries, onClose, onTrashed }: TrashDialogProps) => {
  const { t } = useTranslation()
  const { mutate: trash, isPending } = useTrashResults()
  const count = entries.length
  const run = () =>
    trash(
      entries.map((entry) => entry.id),
      {
        onSuccess: () => {
          toast({ level: 'info', text: t('library.trashed', { count }) })
          onTrashed?.()
        },
        onSettled: onClose,
      },
    )
  return (
    <Dialog
      closeLabel={t('common.close')}
      description={t('library.trashText', { count, name: entries[0]?.fileName ?? '' })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button busy={isPending} data-first look="danger" onClick={run}>
            {t('library.trash')}
          </Button>
        </>
      }
      onOpenChange={(open) => !open && onClose()}
      open={count > 0}
      title={t('library.trashTitle', { count })}
    />
  )
}
