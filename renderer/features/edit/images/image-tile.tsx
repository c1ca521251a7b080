import { useSortable } from '@dnd-kit/sortable'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Draft, MediaItem, Report } from '../../../../preload/contract'
import { useDraftCheck } from '../../../data/use-drafts'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { Popover } from '../../../ui/popover'
import { Poster } from '../../../ui/poster'
import { VerdictMark } from '../../../ui/verdict-mark'
import { figuresOf, markOf } from '../file-kind'
import { FindingList, PassedLines } from '../preflight/finding-line'
import { foldReport } from '../preflight/fold-findings'
import { OutcomeLines, PreviewOutcome } from '../preflight/outcome'
import { useOutcomeOf } from '../stage/recipe'

/** The findings of a reference image, and the outcome of its fixes. */
const ImageDetails = ({ item, draft }: { item: MediaItem | undefined; draft: Draft }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { check } = useDraftCheck(draft)
  const outcome = useOutcomeOf(draft, item?.id ?? '')
  if (!item) return <p>{t('edit.images.unknown')}</p>
  const { id, report } = item
  const checked = check?.files.find((file) => file.id === id)
  const folded = report && foldReport({ kind: 'image', id }, report, checked?.report ?? report)
  return (
    <div className="flex flex-col gap-2">
      <div>
        <h3 className="truncate font-semibold" title={item.name}>
          {item.name}
        </h3>
        <p className="text-sm text-muted">
          {[
            ...figuresOf(item, format),
            ...(item.bytes === null ? [] : [format.bytes(item.bytes)]),
          ].join(' · ')}
        </p>
      </div>
      {outcome ? (
        <img
          alt={t('edit.stage.after')}
          className="max-h-48 w-full rounded-md bg-stage object-contain"
          src={outcome.url}
        />
      ) : null}
      {folded ? <FindingList draft={draft} folded={folded} /> : null}
      <OutcomeLines outcome={checked?.outcome} />
      <PreviewOutcome draft={draft} fileId={id} />
      {folded ? <PassedLines lines={folded.passed} /> : null}
    </div>
  )
}

/** A reference image with its name in the prompt and its verdict. Opens its findings. */
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
  /** The report after the image's fixes; null while it is unknown. */
  after: Report | null
  /** Why the provider does not use the image; null when it does. */
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
