/** A double click is over by then, and a held key has repeated. */
const quiet = 1000

/**
 * Tells a press that is meant from the second half of a double click and the repeats of a held key: none of
 * these may submit, and pay for, the same edit once more.
 */
export const pressFilter = () => {
  let last = { what: '', at: Number.NEGATIVE_INFINITY }
  return (what: string, now = performance.now()): boolean => {
    const meant = what !== last.what || now - last.at >= quiet
    last = { what, at: now }
    return meant
  }
}
