/** A list with one item put in its place: replaced by id, or added at the end. */
export const withItem = <T extends { id: string }>(list: readonly T[], item: T): T[] => {
  const index = list.findIndex(({ id }) => id === item.id)
  if (index === -1) return [...list, item]
  return list.with(index, item)
}

/** A list with several items put in their places, in one pass. */
export const withItems = <T extends { id: string }>(
  list: readonly T[],
  items: readonly T[],
): T[] => {
  if (items.length === 0) return [...list]
  const news = new Map(items.map((item) => [item.id, item]))
  const updated = list.map((item) => {
    const next = news.get(item.id) ?? item
    news.delete(item.id)
    return next
  })
  return [...updated, ...news.values()]
}

/** A list without some ids. */
export const withoutIds = <T extends { id: string }>(
  list: readonly T[],
  ids: readonly string[],
): T[] => {
  const gone = new Set(ids)
  return list.filter(({ id }) => !gone.has(id))
}
