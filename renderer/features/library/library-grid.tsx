import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { type Chosen, extendTo, focusOn, toggle } from '../../chosen-rows'
import { useSize } from '../../ui/use-size'
import { type GridCommands, gap, gridShape, handleGridKeys } from './grid'
import { LibraryTile, type TileGesture } from './library-tile'
import { useKept } from './use-kept'

/** Pixels around the tiles. */
const padding = 24

/** The rows of the grid, virtualized; the scroll position is kept while other screens are shown. */
const useGridRows = (count: number, posterSize: number) => {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const [scrolled, setScrolled] = useKept('library.scrolled', 0)
  const shape = gridShape(size.width - 2 * padding, posterSize, count)
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
  // A layout effect: an element that has left the page no longer has a scroll position.
  useLayoutEffect(() => () => setScrolled(scroller.current?.scrollTop ?? 0), [setScrolled])
  const pageRows = Math.floor(size.height / (shape.tileHeight + gap))
  return { scroller, rows, shape, pageRows }
}

interface LibraryGridProps {
  entries: readonly LibraryEntry[]
  posterSize: number
  chosen: Chosen
  onChoose: (change: (before: Chosen) => Chosen) => void
  commands: GridCommands
}

/** Results as rows of equal posters; only visible rows are in the page. */
export const LibraryGrid = ({
  entries,
  posterSize,
  chosen,
  onChoose,
  commands,
}: LibraryGridProps) => {
  const { t } = useTranslation()
  const { scroller, rows, shape, pageRows } = useGridRows(entries.length, posterSize)
  const { columns } = shape
  const order = entries.map((entry) => entry.id)
  const hasFocus = chosen.focus !== null && order.includes(chosen.focus)
  const act = (id: string, gesture: TileGesture) => {
    if (gesture === 'open') commands.open(id)
    else
      onChoose((before) =>
        gesture === 'toggle' ? toggle(before, id) : extendTo(before, id, order),
      )
    scroller.current?.focus({ preventScroll: true })
  }
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  // Always the same function, so that tiles are not rendered again.
  const onGesture = useCallback<typeof act>((id, gesture) => latest.current(id, gesture), [])
  const onRow = (row: number) => rows.scrollToIndex(row)
  return (
    <div
      aria-activedescendant={hasFocus ? `entry-${chosen.focus}` : undefined}
      aria-label={t('library.grid')}
      aria-multiselectable
      className="group/grid min-h-0 flex-1 overflow-y-auto outline-none"
      onFocus={() => {
        const first = order[0]
        if (!hasFocus && first !== undefined) onChoose((before) => focusOn(before, first))
      }}
      onKeyDown={handleGridKeys({ order, chosen, onChoose, commands, columns, pageRows, onRow })}
      ref={scroller}
      role="listbox"
      tabIndex={0}
    >
      <div className="relative w-full" role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <div
            className="absolute inset-x-6 top-0 grid grid-rows-[minmax(0,1fr)]"
            key={key}
            role="presentation"
            style={{
              transform: `translateY(${start}px)`,
              height: shape.tileHeight,
              gap,
              gridTemplateColumns: `repeat(${columns}, minmax(0, ${shape.tileWidth}px))`,
            }}
          >
            {entries.slice(index * columns, (index + 1) * columns).map((entry, column) => (
              <LibraryTile
                anyChosen={chosen.ids.size > 0}
                chosen={chosen.ids.has(entry.id)}
                entry={entry}
                focused={entry.id === chosen.focus}
                index={index * columns + column}
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
