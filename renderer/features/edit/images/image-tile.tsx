import { useSortable } from '@dnd-kit/sortable'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Draft, MediaItem, Report } from '../../../../preload/contract'
import { classNames } from '../../../ui/class-names'
import { Popover } from '../../../ui/popover'
import { Poster } from '../../../ui/poster'
import { VerdictMark } from '../../../ui/verdict-mark'
import { markOf } from '../clips/clip-line'
import { ImageDetails } from './image-details'

/** One reference image: what it is called in the prompt, whether it will do, and what it needs. */
export const ImageTile = ({
  id,
  item,
  number,
  draft,
  after,
  unused,
  onRemove,
}: {
  id: string
  item: MediaItem | undefined
  number: number
  draft: Draft
  /** As it will be after its fixes; null while that is not known. */
  after: Report | null
  /** Why the provider does not look at it; null where it does. */
  unused: string | null
  onRemove: (id: string, name: string) => void
}) => {
  const { t } = useTranslation()
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  const name = item?.name ?? t('edit.images.unknown')
  const mark = item ? (after?.verdict ?? markOf(item)) : 'fail'
  return (
    <div
      className={classNames(
        'group relative flex flex-col gap-0.5',
        isDragging && 'z-10 opacity-80',
      )}
      data-testid="image-tile"
      ref={setNodeRef}
      style={{
        transform: transform ? `translate3d(${transform.x}px, ${transform.y}px, 0)` : undefined,
        transition,
      }}
    >
      <Popover
        label={name}
        side="left"
        trigger={
          <button
            aria-description={unused ?? undefined}
            aria-label={t('edit.images.tile', {
              number,
              name,
              verdict: t(`common.verdict.${mark}`),
            })}
            className="relative rounded-md"
            title={unused ? `${name}\n${unused}` : name}
            type="button"
            {...attributes}
            {...listeners}
          >
            <Poster
              className={classNames(
                'h-[68px] w-[68px] border border-line',
                unused !== null && 'opacity-40',
              )}
              kind="image"
              url={item?.posterUrl ?? null}
            />
            <span className="absolute right-1 bottom-1 rounded-[5px] bg-panel">
              <VerdictMark mark={mark} />
            </span>
          </button>
        }
      >
        <ImageDetails draft={draft} item={item} />
      </Popover>
      <span
        className={classNames('text-center text-xs text-muted', unused !== null && 'line-through')}
      >
        {t('edit.images.name', { number })}
      </span>
      <button
        aria-label={t('edit.images.remove', { name })}
        className="absolute -top-1.5 -right-1.5 inline-flex size-5 items-center justify-center rounded-full border border-line bg-raised text-muted opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100"
        onClick={() => onRemove(id, name)}
        type="button"
      >
        <X aria-hidden className="size-3" />
      </button>
    </div>
  )
}
