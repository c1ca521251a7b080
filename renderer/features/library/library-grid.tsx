import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { type Chosen, extendTo, focusOn, toggle } from '../../chosen-rows'
import { type GridShape, gap } from './grid'
import { type GridVerbs, gridKeys } from './grid-keys'
import { LibraryTile, type TileGesture } from './library-tile'
import { useGridRows } from './use-grid-rows'

type Gesture = (id: string, gesture: TileGesture) => void

/** What a press on a tile does; the same function for as long as the grid is there, so that no tile is drawn anew. */
const useGesture = (
  order: readonly string[],
  verbs: GridVerbs,
  onChoose: (change: (before: Chosen) => Chosen) => void,
  scroller: RefObject<HTMLDivElement | null>,
): Gesture => {
  const latest = useRef({ order, verbs })
  useEffect(() => {
    latest.current = { order, verbs }
  })
  return useCallback(
    (id, gesture) => {
      const { order, verbs } = latest.current
      if (gesture === 'open') verbs.open(id)
      else
        onChoose((before) =>
          gesture === 'toggle' ? toggle(before, id) : extendTo(before, id, order),
        )
      scroller.current?.focus({ preventScroll: true })
    },
    [onChoose, scroller],
  )
}

const Row = ({
  entries,
  first,
  total,
  top,
  shape,
  chosen,
  onGesture,
}: {
  entries: readonly LibraryEntry[]
  /** Place of the first one among all. */
  first: number
  total: number
  top: number
  shape: GridShape
  chosen: Chosen
  onGesture: Gesture
}) => (
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
  const { scroller, place, rows, shape, pageRows } = useGridRows(entries.length, posterSize)
  const { columns } = shape
  const order = entries.map((entry) => entry.id)
  const hasFocus = chosen.focus !== null && order.includes(chosen.focus)
  const onGesture = useGesture(order, verbs, onChoose, scroller)
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
      onKeyDown={gridKeys({ order, chosen, onChoose, verbs, columns, pageRows, onRow })}
      ref={place}
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
