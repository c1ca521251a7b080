/** One line of the benchmark's table. `ratio` is measured / baseline; null where there is nothing to compare with. */
export interface BenchRow {
  name: string
  measured: number
  baseline: number | null
  ratio: number | null
  /** Of the ratio where there is a baseline, else of what was measured. */
  limit: number
  unit: string
}

/** A row that is held against a baseline. */
export const compared = (
  name: string,
  measured: number,
  baseline: number,
  limit: number,
  unit: string,
): BenchRow => ({
  name,
  measured,
  baseline,
  ratio: measured / baseline,
  limit,
  unit,
})

/** A row that stands on its own. */
export const alone = (name: string, measured: number, limit: number, unit: string): BenchRow => ({
  name,
  measured,
  baseline: null,
  ratio: null,
  limit,
  unit,
})

/** Milliseconds. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Works through a list, so many at a time. */
export const inParallel = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> => {
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
