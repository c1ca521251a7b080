import type { KeyboardEvent } from 'react'
import { type Chosen, chooseAll, extendTo, focusOn, noneChosen, toggle } from '../../chosen-rows'
import { clamp } from '../../clamp'

/** Pixels between tiles, in both directions. */
export const gap = 8

/** Poster widths that the slider offers, in pixels. */
export const posterSizes = { min: 120, max: 360, step: 20, initial: 200 } as const

/** Height of the two text lines below a poster, in pixels. */
const captionHeight = 48

/** As many columns as fit, stretched to fill the width; a tile is a 4:3 poster with its caption. Pixels. */
export const gridShape = (width: number, posterSize: number, count: number) => {
  const columns = Math.max(1, Math.floor((width + gap) / (posterSize + gap)))
  const tileWidth = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  return {
    columns,
    rows: Math.ceil(count / columns),
    tileWidth,
    tileHeight: Math.round((tileWidth * 3) / 4) + captionHeight,
  }
}

/** A stored poster size, clamped to what the slider offers; the default for anything that is no number. */
export const posterSizeOf = (stored: unknown): number => {
  const size = Number.parseFloat(String(stored))
  return Number.isFinite(size)
    ? clamp(Math.round(size), posterSizes.min, posterSizes.max)
    : posterSizes.initial
}

/**
 * The tile that a key moves the focus to: in the same column, never beyond the edges or a short last row.
 * Undefined for keys that do not move.
 */
export const moveInGrid = (
  index: number,
  key: string,
  { columns, count, pageRows }: { columns: number; count: number; pageRows: number },
): number | undefined => {
  const last = count - 1
  const row = Math.floor(index / columns)
  const page = Math.max(1, pageRows)
  const inRow = (to: number) =>
    clamp(to, 0, Math.floor(last / columns)) * columns + (index % columns)
  const places = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: inRow(row - 1),
    ArrowDown: inRow(row + 1),
    PageUp: inRow(row - page),
    PageDown: inRow(row + page),
    Home: 0,
    End: last,
  }
  const to = new Map(Object.entries(places)).get(key)
  return to === undefined ? undefined : Math.min(last, Math.max(0, to))
}

/** Commands for results. */
export interface GridCommands {
  open: (id: string) => void
  preview: (id: string) => void
  trash: () => void
}

interface GridState {
  /** Ids in the order of the tiles. */
  order: readonly string[]
  chosen: Chosen
  onChoose: (change: (before: Chosen) => Chosen) => void
  commands: GridCommands
  columns: number
  pageRows: number
  onRow: (row: number) => void
}

/** Runs the command of a key; false when the key has none. */
const act = (event: KeyboardEvent, { order, chosen, onChoose, commands }: GridState): boolean => {
  const command = event.ctrlKey || event.metaKey
  const { focus } = chosen
  if (command && event.key.toLowerCase() === 'a') onChoose((before) => chooseAll(before, order))
  else if (event.key === 'Escape' && chosen.ids.size > 0) onChoose(noneChosen)
  else if (event.key === 'Delete' || (event.key === 'Backspace' && command)) commands.trash()
  else if (focus === null) return false
  else if ((event.key.toLowerCase() === 'x' && !command) || (event.key === ' ' && command))
    onChoose((before) => toggle(before, focus))
  else if (event.key === ' ') commands.preview(focus)
  else if (event.key === 'Enter') commands.open(focus)
  else return false
  return true
}

/** Moves the focus, with Shift extends the chosen range; false for other keys. */
const move = (event: KeyboardEvent, grid: GridState): boolean => {
  const { order, chosen, onChoose, columns, pageRows, onRow } = grid
  const from = chosen.focus === null ? -1 : order.indexOf(chosen.focus)
  const moved = moveInGrid(from, event.key, { columns, count: order.length, pageRows })
  if (event.altKey || moved === undefined) return false
  const to = from < 0 ? 0 : moved
  const id = order[to]
  if (id === undefined) return true
  onChoose((before) => (event.shiftKey ? extendTo(before, id, order) : focusOn(before, id)))
  onRow(Math.floor(to / columns))
  return true
}

/** Handles the keys of the grid. */
export const handleGridKeys = (grid: GridState) => (event: KeyboardEvent) => {
  if (act(event, grid) || move(event, grid)) event.preventDefault()
}
