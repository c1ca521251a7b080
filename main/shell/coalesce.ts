/**
 * Gathers news by key and passes the newest of each on, at most once in `interval` milliseconds.
 * The first of a quiet time goes out at once.
 */
export const createCoalescer = <T>(
  keyOf: (value: T) => string,
  pass: (value: T) => void,
  interval: number,
) => {
  const waiting = new Map<string, T>()
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    timer = undefined
    if (waiting.size === 0) return
    const values = [...waiting.values()]
    waiting.clear()
    timer = setTimeout(flush, interval)
    timer.unref()
    values.forEach(pass)
  }
  return (value: T): void => {
    waiting.set(keyOf(value), value)
    if (timer === undefined) flush()
  }
}
