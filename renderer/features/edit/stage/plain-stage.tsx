import { FileQuestion } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { kindOf } from '../file-kind'

/** The middle of the screen for what is not a clip: an image, or a sentence. */
export const PlainStage = ({ item }: { item: MediaItem | undefined }) => {
  const { t } = useTranslation()
  if (!item) return <div className="flex-1 bg-stage" />
  const image = kindOf(item) === 'image'
  const sentence =
    item.state === 'checking'
      ? t('edit.stage.checking')
      : item.state === 'missing'
        ? t('edit.stage.missing')
        : t('edit.stage.notClip')
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 bg-stage p-6">
      {image && item.posterUrl ? (
        <img
          alt={item.name}
          className="max-h-full max-w-full object-contain"
          draggable={false}
          src={item.posterUrl}
        />
      ) : (
        <>
          <FileQuestion aria-hidden className="size-8 text-muted" strokeWidth={1.25} />
          <p className="text-muted">{sentence}</p>
        </>
      )}
    </div>
  )
}
