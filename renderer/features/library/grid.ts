/** Pixels between posters, in both directions. */
export const gap = 8

/** Poster widths the slider offers, in pixels. */
export const posterSizes = { min: 120, max: 360, step: 20, initial: 200 } as const

/** Height of the two text lines below a poster, in pixels. */
export const captionHeight = 48

/** How the grid is cut into rows. Pixels. */
export interface GridShape {
  columns: number
  rows: number
  tileWidth: number
  /** A poster at 4:3 with its caption. */
  tileHeight: number
}

/** As many columns as fit, stretched so that the posters fill the width exactly. */
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

/** A slider's value brought back into what it offers; what was stored may be anything. */
export const posterSizeOf = (stored: unknown): number => {
  const size = typeof stored === 'number' ? stored : Number.parseFloat(String(stored))
  if (!Number.isFinite(size)) return posterSizes.initial
  return Math.min(posterSizes.max, Math.max(posterSizes.min, Math.round(size)))
}

export type GridKey =
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Home'
  | 'End'
  | 'PageUp'
  | 'PageDown'

const gridKeys: readonly string[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]

export const isGridKey = (key: string): key is GridKey => gridKeys.includes(key)

/** Where the focus goes from a tile: stays in its column, stops at the edges, and finds the last tile of a short row. */
export const moveInGrid = (
  index: number,
  key: GridKey,
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
