import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { type Chosen, extendTo, focusOn, toggle } from '../../chosen-rows'
import { useSize } from '../../ui/use-size'
import { type GridCommands, type GridShape, gap, gridShape, handleGridKeys } from './grid'
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

type Gesture = (id: string, gesture: TileGesture) => void

/** Handles a press on a tile; always the same function, so that tiles are not rendered again. */
const useGesture = (
  order: readonly string[],
  commands: GridCommands,
  onChoose: (change: (before: Chosen) => Chosen) => void,
  scroller: RefObject<HTMLDivElement | null>,
): Gesture => {
  const latest = useRef({ order, commands })
  useEffect(() => {
    latest.current = { order, commands }
  })
  return useCallback(
    (id, gesture) => {
      const { order, commands } = latest.current
      if (gesture === 'open') commands.open(id)
      else
        onChoose((before) =>
          gesture === 'toggle' ? toggle(before, id) : extendTo(before, id, order),
        )
      scroller.current?.focus({ preventScroll: true })
    },
    [onChoose, scroller],
  )
}

interface RowProps {
  entries: readonly LibraryEntry[]
  /** Index of the row's first entry. */
  first: number
  total: number
  top: number
  shape: GridShape
  chosen: Chosen
  onGesture: Gesture
}

const Row = ({ entries, first, total, top, shape, chosen, onGesture }: RowProps) => (
  <div
    className="absolute inset-x-6 top-0 grid grid-rows-[minmax(0,1fr)]"
    role="presentation"
    style={{
      transform: `translateY(${top}px)`,
      height: shape.tileHeight,
      gap,
      gridTemplateColumns: `repeat(${shape.columns}, minmax(0, ${shape.tileWidth}px))`,
    }}
  >
    {entries.map((entry, column) => (
      <LibraryTile
        anyChosen={chosen.ids.size > 0}
        chosen={chosen.ids.has(entry.id)}
        entry={entry}
        focused={entry.id === chosen.focus}
        index={first + column}
        key={entry.id}
        onGesture={onGesture}
        total={total}
      />
    ))}
  </div>
)

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
  const onGesture = useGesture(order, commands, onChoose, scroller)
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
          <Row
            chosen={chosen}
            entries={entries.slice(index * columns, (index + 1) * columns)}
            first={index * columns}
            key={key}
            onGesture={onGesture}
            shape={shape}
            top={start}
            total={entries.length}
          />
        ))}
      </div>
    </div>
  )
}
