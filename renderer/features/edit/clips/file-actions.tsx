import { FolderOpen, RefreshCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useCheckAgain, useRemoveMedia, useRevealMedia } from '../../../data/use-media'
import { Button } from '../../../ui/button'
import { toast } from '../../../ui/toast-store'

/** Takes a file off the list and says that the file itself stays. */
export const useRemoveFile = () => {
  const { t } = useTranslation()
  const { mutate } = useRemoveMedia()
  return ({ id, name }: MediaItem) =>
    mutate([id], {
      onSuccess: () => toast({ level: 'info', text: t('edit.clips.removed', { count: 1, name }) }),
    })
}

/** What can be done with a file that nothing can be made of: replace it by a good one, or let it go. */
export const FileActions = ({ item }: { item: MediaItem }) => {
  const { t } = useTranslation()
  const check = useCheckAgain()
  const reveal = useRevealMedia()
  const remove = useRemoveFile()
  return (
    <div className="flex flex-wrap gap-2" data-testid="file-actions">
      <Button
        icon={<RefreshCw aria-hidden className="size-4" />}
        onClick={() => check.mutate([item.id])}
      >
        {t('edit.clips.checkAgain')}
      </Button>
      <Button
        icon={<FolderOpen aria-hidden className="size-4" />}
        onClick={() => reveal.mutate(item.id)}
      >
        {t('edit.clips.reveal')}
      </Button>
      <Button icon={<Trash2 aria-hidden className="size-4" />} onClick={() => remove(item)}>
        {t('edit.clips.remove')}
      </Button>
    </div>
  )
}
