import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
} from '@dnd-kit/sortable'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck, ProviderLimits } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { useChangeSource } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { useProvider } from '../../../data/use-providers'
import { toast } from '../../../ui/toast-store'
import { Tooltip } from '../../../ui/tooltip'
import { useAddAnything } from '../add-files'
import { useLimits } from '../inspector/use-limits'
import { ImageTile } from './image-tile'

/** The note about the number of images; null when the number is fine. */
export const imagesNote = (
  count: number,
  { min, max, used }: ProviderLimits['images'],
): { say: 'few' | 'full' | 'onlyFirst'; count: number } | null => {
  if (count < min) return { say: 'few', count: min }
  if (count > max) return { say: 'full', count: max }
  return count > used ? { say: 'onlyFirst', count: used } : null
}

/** The reference images in the order of their numbers. Drag to reorder. */
export const ImagesSection = ({
  draft,
  check,
}: {
  draft: Draft
  check: DraftCheck | undefined
}) => {
  const { t } = useTranslation()
  const change = useChangeSource(draft.id)
  const media = useMedia().data ?? []
  const { openFiles, opening } = useAddAnything()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const { imageIds } = draft.source
  const bounds = (useLimits(draft) ?? wan27.edit.options).images
  const { max, used } = bounds
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const from = imageIds.indexOf(String(active.id))
    const to = over ? imageIds.indexOf(String(over.id)) : -1
    if (from !== -1 && to !== -1 && from !== to) change({ imageIds: arrayMove(imageIds, from, to) })
  }
  const remove = (id: string, name: string) => {
    change({ imageIds: imageIds.filter((one) => one !== id) })
    toast({
      level: 'info',
      text: t('edit.images.removed', { name }),
      action: { label: t('common.undo'), run: () => change({ imageIds }) },
    })
  }
  const note = imagesNote(imageIds.length, bounds)
  const name = useProvider(draft.provider)?.name ?? ''
  return (
    <section aria-label={t('edit.images.label')} className="flex flex-col gap-2" data-part="images">
      <div className="flex items-baseline justify-between">
        <h3 className="text-sm text-muted">{t('edit.images.label')}</h3>
        <span className="text-xs text-muted">
          {imageIds.length} / {max}
        </span>
      </div>
      <div className="flex flex-wrap gap-2">
        <DndContext collisionDetection={closestCenter} onDragEnd={onDragEnd} sensors={sensors}>
          <SortableContext items={imageIds} strategy={rectSortingStrategy}>
            {imageIds.map((id, index) => (
              <ImageTile
                after={check?.files.find((file) => file.id === id)?.report ?? null}
                draft={draft}
                id={id}
                item={media.find((one) => one.id === id)}
                key={id}
                number={index + 1}
                onRemove={remove}
                unused={index < used ? null : t('edit.images.unused', { provider: name })}
              />
            ))}
          </SortableContext>
        </DndContext>
        {imageIds.length >= max && imageIds.length > 0 ? null : (
          <Tooltip label={t('edit.images.add')}>
            <button
              aria-label={t('edit.images.add')}
              className="flex h-[68px] w-[68px] items-center justify-center rounded-md border border-dashed border-edge text-muted transition-colors hover:bg-hover hover:text-text"
              disabled={opening}
              onClick={() => void openFiles('images')}
              type="button"
            >
              <Plus aria-hidden className="size-5" strokeWidth={1.5} />
            </button>
          </Tooltip>
        )}
        {imageIds.length === 0 ? (
          <p className="min-w-40 flex-1 self-center text-sm text-muted">{t('edit.images.none')}</p>
        ) : null}
      </div>
      {note ? (
        <p className="text-sm text-warn">
          {t(`edit.images.${note.say}`, { count: note.count, provider: name })}
        </p>
      ) : null}
    </section>
  )
}
