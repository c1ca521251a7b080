import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { type Chosen, chooseAll, extendTo, focusOn, toggle } from '../../selection'
import { gap, gridShape, isGridKey, moveInGrid } from './grid'
import { LibraryTile, type TileGesture } from './library-tile'
import { useKept } from './use-kept'
import { useSize } from './use-size'

/** Pixels around the tiles. */
const padding = 24

export interface GridVerbs {
  open: (id: string) => void
  preview: (id: string) => void
  trash: () => void
}

/** Results as rows of equal posters; only what is in sight is in the page, however many there are. */
export const LibraryGrid = ({
  entries,
  posterSize,
  chosen,
  onChoose,
  verbs,
}: {
  entries: readonly LibraryEntry[]
  posterSize: number
  chosen: Chosen
  onChoose: (change: (before: Chosen) => Chosen) => void
  verbs: GridVerbs
}) => {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [measure, size] = useSize<HTMLDivElement>()
  const [scrolled, setScrolled] = useKept('library.scrolled', 0)
  const shape = gridShape(size.width - 2 * padding, posterSize, entries.length)
  const rows = useVirtualizer({
    count: size.width > 0 ? shape.rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.tileHeight + gap,
    overscan: 2,
    paddingStart: 4,
    paddingEnd: padding,
    initialOffset: scrolled,
  })
  useEffect(() => {
    if (shape.tileHeight > 0) rows.measure()
  }, [rows, shape.tileHeight])
  useEffect(() => () => setScrolled(scroller.current?.scrollTop ?? 0), [setScrolled])

  const order = entries.map((entry) => entry.id)
  const focusIndex = chosen.focus === null ? -1 : order.indexOf(chosen.focus)
  const latest = useRef({ order, verbs })
  useEffect(() => {
    latest.current = { order, verbs }
  })

  const onGesture = useCallback(
    (id: string, gesture: TileGesture) => {
      const { order, verbs } = latest.current
      if (gesture === 'open') verbs.open(id)
      else
        onChoose((before) =>
          gesture === 'toggle' ? toggle(before, id) : extendTo(before, id, order),
        )
      scroller.current?.focus({ preventScroll: true })
    },
    [onChoose],
  )

  const move = (event: KeyboardEvent) => {
    if (!isGridKey(event.key)) return false
    const pageRows = Math.floor(size.height / (shape.tileHeight + gap))
    const to =
      focusIndex < 0
        ? 0
        : moveInGrid(focusIndex, event.key, {
            columns: shape.columns,
            count: entries.length,
            pageRows,
          })
    const id = order[to]
    if (id === undefined) return true
    onChoose((before) => (event.shiftKey ? extendTo(before, id, order) : focusOn(before, id)))
    rows.scrollToIndex(Math.floor(to / shape.columns))
    return true
  }

  const act = (event: KeyboardEvent): boolean => {
    const command = event.ctrlKey || event.metaKey
    const focus = chosen.focus
    if (command && event.key.toLowerCase() === 'a') onChoose((before) => chooseAll(before, order))
    else if (event.key === 'Escape' && chosen.ids.size > 0)
      onChoose((before) => ({ ...before, ids: new Set() }))
    else if (event.key === 'Delete' || (event.key === 'Backspace' && command)) verbs.trash()
    else if (focus === null) return false
    else if ((event.key.toLowerCase() === 'x' && !command) || (event.key === ' ' && command))
      onChoose((before) => toggle(before, focus))
    else if (event.key === ' ') verbs.preview(focus)
    else if (event.key === 'Enter') verbs.open(focus)
    else return false
    return true
  }

  return (
    <div
      aria-activedescendant={focusIndex < 0 ? undefined : `entry-${chosen.focus}`}
      aria-label={t('library.grid')}
      aria-multiselectable
      className="group/grid min-h-0 flex-1 overflow-y-auto outline-none"
      onFocus={() => {
        const first = order[0]
        if (focusIndex < 0 && first !== undefined) onChoose((before) => focusOn(before, first))
      }}
      onKeyDown={(event) => {
        if (act(event) || (!event.altKey && move(event))) event.preventDefault()
      }}
      ref={(element) => {
        scroller.current = element
        return measure(element)
      }}
      role="listbox"
      tabIndex={0}
    >
      <div className="relative w-full" role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            className="absolute inset-x-6 top-0 grid grid-rows-[minmax(0,1fr)]"
            key={row.key}
            role="presentation"
            style={{
              transform: `translateY(${row.start}px)`,
              height: shape.tileHeight,
              gap,
              gridTemplateColumns: `repeat(${shape.columns}, minmax(0, ${shape.tileWidth}px))`,
            }}
          >
            {entries
              .slice(row.index * shape.columns, (row.index + 1) * shape.columns)
              .map((entry, column) => (
                <LibraryTile
                  anyChosen={chosen.ids.size > 0}
                  chosen={chosen.ids.has(entry.id)}
                  entry={entry}
                  focused={entry.id === chosen.focus}
                  index={row.index * shape.columns + column}
                  key={entry.id}
                  onGesture={onGesture}
                  total={entries.length}
                />
              ))}
          </div>
        ))}
      </div>
    </div>
  )
}
