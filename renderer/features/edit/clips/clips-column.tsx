import { useVirtualizer } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { useFormat } from '../../../language/use-format'
import { chooseClip, usePlace } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Tooltip } from '../../../ui/tooltip'
import { useAddAnything } from '../use-add-anything'
import { ClipRow } from './clip-row'

const rowHeight = 64

const useArrowKeys = (rows: readonly MediaItem[], current: number) => {
  const move = (by: number) => {
    const next = rows[Math.min(Math.max(0, current + by), rows.length - 1)]
    if (next) chooseClip(next.id)
  }
  useShortcut('clip-previous', () => move(-1))
  useShortcut('clip-next', () => move(1))
}

/** Every clip that was dropped, with its verdict. */
export const ClipsColumn = ({ rows }: { rows: readonly MediaItem[] }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { clipId } = usePlace()
  const { openFiles, opening } = useAddAnything()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  })
  const current = rows.findIndex(({ id }) => id === clipId)
  useArrowKeys(rows, current)
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current)
  }, [current, virtual])
  return (
    <section
      aria-label={t('edit.clips.title')}
      className="flex w-60 shrink-0 flex-col border-r border-line bg-panel max-[1100px]:w-[196px]"
    >
      <header className="flex h-12 shrink-0 items-center justify-between pr-2 pl-4">
        <h2 className="font-semibold">
          {t('edit.clips.title')}{' '}
          <span className="font-normal text-muted">{format.count(rows.length)}</span>
        </h2>
        <Tooltip label={t('edit.clips.add')} shortcut="files-open">
          <Button
            aria-label={t('edit.clips.add')}
            busy={opening}
            icon={<Plus aria-hidden className="size-4" />}
            look="quiet"
            onClick={() => void openFiles('any')}
            size="sm"
          >
            {t('edit.clips.addShort')}
          </Button>
        </Tooltip>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2" ref={scroller}>
        <div
          aria-label={t('edit.clips.title')}
          className="relative"
          role="listbox"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const item = rows[index]
            return item ? (
              <ClipRow
                chosen={item.id === clipId}
                height={rowHeight}
                item={item}
                key={key}
                position={index + 1}
                top={start}
                total={rows.length}
              />
            ) : null
          })}
        </div>
      </div>
    </section>
  )
}
