/** Where a page stands, in pixels. */
export interface Scrolled {
  /** How far it is scrolled. */
  top: number
  /** Of what is in sight, and of all of it. */
  height: number
  all: number
}

/** Pixels from the top of the page at which a section is being read: its heading and a line or two. */
const lead = 96

/**
 * The section being read: the last one that has reached the reading line. The line lies near the top and sinks to
 * the bottom over the page's last screen, so that every section has its turn, also those that never reach the top.
 * The tops are pixels from the top of what is in sight.
 */
export const sectionInSight = (
  sections: readonly { id: string; top: number }[],
  { top, height, all }: Scrolled,
): string | null => {
  const most = Math.max(0, all - height)
  const left = most - top
  const span = Math.min(height, most)
  const sunk = span === 0 ? 0 : Math.min(1, Math.max(0, 1 - left / span))
  const line = lead + (height - lead) * sunk
  return sections.findLast((section) => section.top <= line)?.id ?? sections[0]?.id ?? null
}
