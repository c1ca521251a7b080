import { type Shortcut, type ShortcutId, shortcuts } from '../keyboard/shortcuts'

type Group = Shortcut['group']

/** In an order in which two and three columns are about as long as each other. */
export const sheetGroups: readonly Group[] = ['window', 'player', 'edit', 'trim', 'library']

/** The rows of a group; shortcuts of one name share a row. */
export const rowsOf = (
  group: Group,
  nameOf: (id: ShortcutId) => string,
): { name: string; ids: ShortcutId[] }[] => {
  const rows = new Map<string, ShortcutId[]>()
  for (const id of Object.keys(shortcuts) as ShortcutId[]) {
    if (shortcuts[id].group !== group) continue
    const name = nameOf(id)
    rows.set(name, [...(rows.get(name) ?? []), id])
  }
  return [...rows].map(([name, ids]) => ({ name, ids }))
}
