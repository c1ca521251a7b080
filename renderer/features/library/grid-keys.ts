import type { KeyboardEvent } from 'react'
import { type Chosen, chooseAll, extendTo, focusOn, toggle } from '../../chosen-rows'
import { isGridKey, moveInGrid } from './grid'

/** What can be done with results beside choosing them. */
export interface GridVerbs {
  open: (id: string) => void
  preview: (id: string) => void
  trash: () => void
}

interface Keyed {
  /** Ids in the order in which they are shown. */
  order: readonly string[]
  chosen: Chosen
  onChoose: (change: (before: Chosen) => Chosen) => void
  verbs: GridVerbs
  columns: number
  pageRows: number
  onRow: (row: number) => void
}

/** Does what a key asks for with the choice and with what is chosen; false where it asks for nothing. */
const act = (event: KeyboardEvent, { order, chosen, onChoose, verbs }: Keyed): boolean => {
  const command = event.ctrlKey || event.metaKey
  const { focus } = chosen
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

/** Moves the focus, with Shift the choice; false for a key that does not move. */
const move = (event: KeyboardEvent, keyed: Keyed): boolean => {
  if (event.altKey || !isGridKey(event.key)) return false
  const { order, chosen, onChoose, columns, pageRows, onRow } = keyed
  const from = chosen.focus === null ? -1 : order.indexOf(chosen.focus)
  const to = from < 0 ? 0 : moveInGrid(from, event.key, { columns, count: order.length, pageRows })
  const id = order[to]
  if (id === undefined) return true
  onChoose((before) => (event.shiftKey ? extendTo(before, id, order) : focusOn(before, id)))
  onRow(Math.floor(to / columns))
  return true
}

/** The keys of the grid. */
export const gridKeys = (keyed: Keyed) => (event: KeyboardEvent) => {
  if (act(event, keyed) || move(event, keyed)) event.preventDefault()
}
