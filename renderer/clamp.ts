/** The value, no lower than `low` and no higher than `high`; `low` wins where the bounds cross. */
export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, high))
