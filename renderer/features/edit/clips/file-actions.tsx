import { FolderOpen, RefreshCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useCheckAgain, useRemoveMedia, useRevealMedia } from '../../../data/use-media'
import { Button } from '../../../ui/button'
import { toast } from '../../../ui/toast-store'

/** The actions for a file of the list. None of them changes the file itself. */
export const useFileActions = ({ id, name }: MediaItem) => {
  const { t } = useTranslation()
  const check = useCheckAgain()
  const reveal = useRevealMedia()
  const remove = useRemoveMedia()
  const onSuccess = () =>
    toast({ level: 'info', text: t('edit.clips.removed', { count: 1, name }) })
  return {
    check: {
      label: t('edit.clips.checkAgain'),
      icon: <RefreshCw aria-hidden className="size-4" />,
      onSelect: () => check.mutate([id]),
    },
    reveal: {
      label: t('edit.clips.reveal'),
      icon: <FolderOpen aria-hidden className="size-4" />,
      onSelect: () => reveal.mutate(id),
    },
    remove: {
      label: t('edit.clips.remove'),
      icon: <Trash2 aria-hidden className="size-4" />,
      onSelect: () => remove.mutate([id], { onSuccess }),
    },
  }
}

/** The actions as buttons. */
export const FileActions = ({ item }: { item: MediaItem }) => (
  <div className="flex flex-wrap gap-2" data-testid="file-actions">
    {Object.values(useFileActions(item)).map(({ label, icon, onSelect }) => (
      <Button icon={icon} key={label} onClick={onSelect}>
        {label}
      </Button>
    ))}
  </div>
)
