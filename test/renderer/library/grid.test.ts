import { describe, expect, it } from 'vitest'
import {
  gap,
  gridShape,
  moveInGrid,
  posterSizeOf,
  posterSizes,
} from '../../../renderer/features/library/grid'

describe('gridShape', () => {
  it.each([
    [1000, 200, 11],
    [888, 120, 300],
    [1640, 360, 7],
    [100, 200, 3],
  ])('fills %i px with posters of about %i px', (width, size, count) => {
    const { columns, rows, tileWidth } = gridShape(width, size, count)
    const used = columns * tileWidth + (columns - 1) * gap
    expect(used).toBeLessThanOrEqual(width)
    expect(width - used).toBeLessThan(columns)
    expect(columns * rows).toBeGreaterThanOrEqual(count)
    expect(columns * (rows - 1)).toBeLessThan(count)
    if (width >= size) expect(tileWidth).toBeGreaterThanOrEqual(size)
  })

  it('has at least one column, even before the first layout', () => {
    expect(gridShape(0, 200, 5)).toMatchObject({ columns: 1, rows: 5 })
  })
})

describe('posterSizeOf', () => {
  it.each<[unknown, number]>([
    ['240', 240],
    [240.4, 240],
    ['9999', posterSizes.max],
    [1, posterSizes.min],
    [null, posterSizes.initial],
    ['wide', posterSizes.initial],
  ])('reads %s as %i', (stored, size) => {
    expect(posterSizeOf(stored)).toBe(size)
  })
})

describe('moveInGrid', () => {
  // 0 1 2 3
  // 4 5 6 7
  // 8 9
  const grid = { columns: 4, count: 10, pageRows: 2 }
  it.each<[number, string, number | undefined]>([
    [0, 'ArrowLeft', 0],
    [3, 'ArrowRight', 4],
    [9, 'ArrowRight', 9],
    [5, 'ArrowUp', 1],
    [1, 'ArrowUp', 1],
    [1, 'ArrowDown', 5],
    [5, 'ArrowDown', 9],
    // The last row is short: down moves to its last tile.
    [7, 'ArrowDown', 9],
    [9, 'ArrowDown', 9],
    [1, 'PageDown', 9],
    [2, 'PageDown', 9],
    [9, 'PageUp', 1],
    [5, 'Home', 0],
    [5, 'End', 9],
    [5, 'Enter', undefined],
  ])('from %i with %s to %i', (from, key, to) => {
    expect(moveInGrid(from, key, grid)).toBe(to)
  })

  it('goes nowhere in an empty grid', () => {
    expect(moveInGrid(0, 'ArrowDown', { columns: 4, count: 0, pageRows: 2 })).toBe(-1)
  })
})
