/**
 * The section being read: the last one whose top has passed the upper third of the page, or the very last
 * one at the page's end, which may be too short to get there. Pixels from the top of the page.
 */
export const sectionInSight = (
  sections: readonly { id: string; top: number }[],
  pageHeight: number,
  atEnd: boolean,
): string | null => {
  if (atEnd) return sections.at(-1)?.id ?? null
  return sections.findLast(({ top }) => top <= pageHeight / 3)?.id ?? sections[0]?.id ?? null
}
