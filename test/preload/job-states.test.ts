import { expect, it } from 'vitest'
import {
  endedWithoutResult,
  hasEnded,
  isUnfinished,
  jobState,
  needsDecision,
} from '../../preload/contract'

const those = (predicate: (state: (typeof jobState.options)[number]) => boolean) =>
  jobState.options.filter(predicate)

it('counts the last five states as ends', () => {
  expect(those(hasEnded)).toEqual(jobState.options.slice(-5))
  expect(those(endedWithoutResult)).toEqual(['failed', 'cancelled', 'expired'])
})

it('counts a job that needs a decision as unfinished', () => {
  expect(those(needsDecision)).toEqual(['uncertain'])
  expect(those(isUnfinished)).toEqual([...jobState.options.slice(0, -5), 'uncertain'])
})
