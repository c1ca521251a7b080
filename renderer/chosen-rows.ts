/** The chosen rows of a list, by id: `focus` is the row that keys apply to, `anchor` the start of a range. */
export interface Chosen {
  ids: ReadonlySet<string>
  focus: string | null
  anchor: string | null
}

export const nothingChosen: Chosen = { ids: new Set(), focus: null, anchor: null }

/** Chooses this row alone. */
export const chooseOnly = (id: string): Chosen => ({ ids: new Set([id]), focus: id, anchor: id })

/** Moves the focus without choosing. */
export const focusOn = ({ ids }: Chosen, id: string): Chosen => ({ ids, focus: id, anchor: id })

/** Keeps the focus and chooses no row. */
export const noneChosen = (chosen: Chosen): Chosen => ({ ...chosen, ids: new Set() })

/** Adds or removes a row, as Ctrl-click does. */
export const toggle = (chosen: Chosen, id: string): Chosen => {
  const ids = new Set(chosen.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, focus: id, anchor: id }
}

/** The rows that a command applies to: the chosen ones, else the focused one. */
export const chosenOrFocused = (chosen: Chosen): string[] =>
  chosen.ids.size > 0 ? [...chosen.ids] : chosen.focus === null ? [] : [chosen.focus]

/** Chooses from the anchor to this row, as Shift-click and Shift-arrow do. */
export const extendTo = (chosen: Chosen, id: string, order: readonly string[]): Chosen => {
  const from = chosen.anchor === null ? -1 : order.indexOf(chosen.anchor)
  const to = order.indexOf(id)
  if (to < 0) return chosen
  if (from < 0) return chooseOnly(id)
  const ids = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1))
  return { ids, focus: id, anchor: chosen.anchor }
}

export const chooseAll = ({ focus, anchor }: Chosen, order: readonly string[]): Chosen => {
  const first = order[0] ?? null
  return { ids: new Set(order), focus: focus ?? first, anchor: anchor ?? first }
}

/** The choice after the list changed: rows that were removed are no longer chosen. */
export const keepKnown = (
  chosen: Chosen,
  before: readonly string[],
  now: readonly string[],
): Chosen => {
  const known = new Set(now)
  const ids = new Set([...chosen.ids].filter((id) => known.has(id)))
  const focus = neighbour(chosen.focus, before, now)
  const anchor = chosen.anchor !== null && known.has(chosen.anchor) ? chosen.anchor : focus
  return { ids, focus, anchor }
}

/** The row itself if it still exists, else the next remaining row, else the previous one. */
export const neighbour = (
  id: string | null,
  before: readonly string[],
  now: readonly string[],
): string | null => {
  if (id === null || now.includes(id)) return id
  const place = Math.max(0, before.indexOf(id))
  const known = new Set(now)
  return (
    before.slice(place).find((other) => known.has(other)) ??
    before.slice(0, place).findLast((other) => known.has(other)) ??
    null
  )
}
