import type { Estimate } from '../../../../preload/contract'

/** Money to the thousandth of a cent, so that sums of binary fractions read well. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5

const added = (a: Estimate, b: Estimate): Estimate => {
  const { also, amountUpTo, ...sum } = a
  const isUncertain = amountUpTo !== undefined || b.amountUpTo !== undefined
  return {
    ...sum,
    amount: rounded(a.amount + b.amount),
    seconds: {
      input: rounded(a.seconds.input + b.seconds.input),
      output: rounded(a.seconds.output + b.seconds.output),
      billed: rounded(a.seconds.billed + b.seconds.billed),
    },
    ...(also && b.also?.currency === also.currency
      ? { also: { ...also, amount: rounded(also.amount + b.also.amount) } }
      : {}),
    ...(isUncertain
      ? { amountUpTo: rounded((amountUpTo ?? a.amount) + (b.amountUpTo ?? b.amount)) }
      : {}),
  }
}

/** What several edits cost together: one sum for each currency and way of billing, in the order they come. */
export const sumEstimates = (estimates: readonly Estimate[]): Estimate[] => {
  const sums = new Map<string, Estimate>()
  for (const estimate of estimates) {
    const kind = `${estimate.currency} ${estimate.bills}`
    const before = sums.get(kind)
    sums.set(kind, before ? added(before, estimate) : estimate)
  }
  return [...sums.values()]
}
