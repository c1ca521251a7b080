import { useTranslation } from 'react-i18next'
import { useMediaItem } from '../data/use-media'
import { kindOf } from '../features/edit/file-kind'
import { usePlace } from '../navigation'
import type { Dragged } from './use-file-drop'

/** Shows what dropping the files over the window will do. */
export const DropOverlay = ({ dragged }: { dragged: Dragged }) => {
  const { t } = useTranslation()
  const item = useMediaItem(usePlace().clipId)
  const editing = item !== undefined && kindOf(item) === 'clip'
  const { clips, images, others } = dragged
  const lines = [
    ...(clips > 0 ? [t('common.drop.clips', { count: clips })] : []),
    ...(images > 0
      ? [
          editing && clips === 0
            ? t('common.drop.imagesForEdit', { count: images })
            : t('common.drop.images', { count: images }),
        ]
      : []),
    ...(others > 0 ? [t('common.drop.others', { count: others })] : []),
    // Some systems name the files only when they are dropped.
    ...(clips + images + others === 0 ? [t('common.drop.some')] : []),
  ]
  return (
    <div
      className="pointer-events-none fixed inset-0 z-50 flex animate-appear items-center justify-center bg-window/98 p-4"
      data-testid="drop-overlay"
      role="status"
    >
      <div className="flex size-full flex-col items-center justify-center gap-1 rounded-lg border-2 border-dashed border-accent text-center">
        {lines.map((line) => (
          <p className="text-2xl font-medium" key={line}>
            {line}
          </p>
        ))}
        <p className="text-muted">{t('common.drop.stays')}</p>
      </div>
    </div>
  )
}
