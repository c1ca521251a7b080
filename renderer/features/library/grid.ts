import type { KeyboardEvent } from 'react'
import { type Chosen, chooseAll, extendTo, focusOn, toggle } from '../../chosen-rows'

/** Pixels between tiles, in both directions. */
export const gap = 8

/** Poster widths that the slider offers, in pixels. */
export const posterSizes = { min: 120, max: 360, step: 20, initial: 200 } as const

/** Height of the two text lines below a poster, in pixels. */
const captionHeight = 48

/** The rows and columns of the grid. Pixels. */
export interface GridShape {
  columns: number
  rows: number
  tileWidth: number
  /** A 4:3 poster with its caption. */
  tileHeight: number
}

/** As many columns as fit, stretched to fill the width. */
export const gridShape = (width: number, posterSize: number, count: number): GridShape => {
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
  const size = typeof stored === 'number' ? stored : Number.parseFloat(String(stored))
  if (!Number.isFinite(size)) return posterSizes.initial
  return Math.min(posterSizes.max, Math.max(posterSizes.min, Math.round(size)))
}

const moveKeys = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const
export type MoveKey = (typeof moveKeys)[number]

const isMoveKey = (key: string): key is MoveKey => (moveKeys as readonly string[]).includes(key)

/** The tile that a key moves the focus to: in the same column, never beyond the edges or a short last row. */
export const moveInGrid = (
  index: number,
  key: MoveKey,
  { columns, count, pageRows }: { columns: number; count: number; pageRows: number },
): number => {
  if (count === 0) return -1
  const last = count - 1
  const clamp = (to: number) => Math.min(last, Math.max(0, to))
  const up = (rows: number) =>
    index - columns * rows >= 0 ? index - columns * rows : index % columns
  const down = (rows: number) => {
    const rowOfLast = Math.floor(last / columns)
    const row = Math.min(rowOfLast, Math.floor(index / columns) + rows)
    return clamp(row * columns + (index % columns))
  }
  switch (key) {
    case 'ArrowLeft':
      return clamp(index - 1)
    case 'ArrowRight':
      return clamp(index + 1)
    case 'ArrowUp':
      return clamp(up(1))
    case 'ArrowDown':
      return down(1)
    case 'PageUp':
      return clamp(up(Math.max(1, pageRows)))
    case 'PageDown':
      return down(Math.max(1, pageRows))
    case 'Home':
      return 0
    case 'End':
      return last
  }
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
  else if (event.key === 'Escape' && chosen.ids.size > 0)
    onChoose((before) => ({ ...before, ids: new Set() }))
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
  if (event.altKey || !isMoveKey(event.key)) return false
  const { order, chosen, onChoose, columns, pageRows, onRow } = grid
  const from = chosen.focus === null ? -1 : order.indexOf(chosen.focus)
  const to = from < 0 ? 0 : moveInGrid(from, event.key, { columns, count: order.length, pageRows })
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
