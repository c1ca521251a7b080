import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useTrashResults } from '../../data/use-library'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast-store'

interface TrashDialogProps {
  entries: readonly LibraryEntry[]
  onClose: () => void
  onTrashed: () => void
}

/** Asks before results go to the computer's trash; open while there are `entries`. */
export const TrashDialog = ({ entries, onClose, onTrashed }: TrashDialogProps) => {
  const { t } = useTranslation()
  const { mutate: trash, isPending } = useTrashResults()
  const count = entries.length
  const run = () => {
    const onSuccess = () => {
      toast({ level: 'info', text: t('library.trashed', { count }) })
      onTrashed()
    }
    const ids = entries.map((entry) => entry.id)
    trash(ids, { onSuccess, onSettled: onClose })
  }
  return (
    <ConfirmDialog
      busy={isPending}
      confirm={t('library.trash')}
      confirmFirst
      description={t('library.trashText', { count, name: entries[0]?.fileName ?? '' })}
      onClose={onClose}
      onConfirm={run}
      open={count > 0}
      title={t('library.trashTitle', { count })}
    />
  )
}
