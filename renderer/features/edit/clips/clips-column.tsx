import { useVirtualizer } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { clamp } from '../../../clamp'
import { useSubmitted } from '../../../data/use-jobs'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { useFormat } from '../../../language/use-format'
import { usePlace } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Tooltip } from '../../../ui/tooltip'
import { useAddAnything } from '../add-files'
import { kindOf } from '../file-kind'
import { arranged, counted, FilterBar, SortMenu, unsorted } from './arrange-bar'
import {
  chooseAllClips,
  chooseCurrentClip,
  chooseOneClip,
  extendClips,
  toggleClip,
  useChosenClips,
} from './chosen-clips'
import { ClipRow } from './clip-row'
import { useMarks } from './use-marks'
import { shelfName } from './use-shelf'

const rowHeight = 64

/** Above this number of files the column offers sorting and filters. */
const few = 3

const useColumnKeys = (rows: readonly MediaItem[], order: readonly string[], current: number) => {
  const go = (by: number, choose: typeof extendClips) => {
    const next = order[clamp(current + by, 0, order.length - 1)]
    if (next !== undefined) choose(next, order)
  }
  const several = useChosenClips().size > 1
  useShortcut('clip-previous', () => go(-1, chooseOneClip))
  useShortcut('clip-next', () => go(1, chooseOneClip))
  useShortcut('clip-extend-up', () => go(-1, extendClips))
  useShortcut('clip-extend-down', () => go(1, extendClips))
  useShortcut('clips-all', () =>
    chooseAllClips(rows.filter((item) => kindOf(item) === 'clip').map(({ id }) => id)),
  )
  useShortcut('clips-none', chooseCurrentClip, several)
}

/** Chooses rows by click, Shift-click and Ctrl-click. The function never changes, so rows do not render for it. */
const usePress = (order: readonly string[]) => {
  const latest = useRef(order)
  useEffect(() => {
    latest.current = order
  }, [order])
  return useCallback((id: string, event: MouseEvent) => {
    if (event.shiftKey) extendClips(id, latest.current)
    else if (event.ctrlKey || event.metaKey) toggleClip(id)
    else chooseOneClip(id)
  }, [])
}

/** The list of files with their verdicts. */
export const ClipsColumn = ({ rows: all }: { rows: readonly MediaItem[] }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { clipId } = usePlace()
  const chosen = useChosenClips()
  const { openFiles, opening } = useAddAnything()
  const [arrangement, setArrangement] = useState(unsorted)
  const markOf = useMarks()
  const submitted = useSubmitted()
  const rows = useMemo(() => arranged(all, markOf, arrangement), [all, markOf, arrangement])
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const onPress = usePress(order)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  })
  const current = rows.findIndex(({ id }) => id === clipId)
  useColumnKeys(rows, order, current)
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current)
  }, [current, virtual])
  return (
    <section
      aria-label={t('edit.clips.title')}
      className="flex w-60 shrink-0 flex-col border-r border-line bg-panel max-[1100px]:w-[196px]"
    >
      <header className="flex h-12 shrink-0 items-center gap-1 pr-2 pl-4">
        <h2 className="font-semibold">
          {t(`edit.clips.${shelfName(all)}`)}{' '}
          <span className="font-normal text-muted">{format.count(all.length)}</span>
        </h2>
        <div className="flex-1" />
        {all.length > few ? <SortMenu arrangement={arrangement} onChange={setArrangement} /> : null}
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
      {all.length > few || arrangement.filtering !== 'all' ? (
        <FilterBar
          arrangement={arrangement}
          counts={counted(all.map(markOf))}
          onChange={setArrangement}
        />
      ) : null}
      <div
        className="min-h-0 flex-1 overflow-y-auto pb-2 pl-2 [scrollbar-gutter:stable]"
        ref={scroller}
      >
        <div
          aria-label={t('edit.clips.title')}
          aria-multiselectable
          className="relative"
          role="listbox"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const item = rows[index]
            return item ? (
              <ClipRow
                chosen={chosen.has(item.id)}
                current={item.id === clipId}
                height={rowHeight}
                item={item}
                key={key}
                mark={markOf(item)}
                onPress={onPress}
                position={index + 1}
                several={chosen.size > 1}
                submitted={submitted[item.id]}
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
