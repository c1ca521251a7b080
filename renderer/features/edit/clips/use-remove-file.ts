import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useRemoveMedia } from '../../../data/use-media'
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
