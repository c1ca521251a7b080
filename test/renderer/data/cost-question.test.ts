import { afterEach, expect, it, vi } from 'vitest'
import { type Estimate, settings } from '../../../preload/contract'
import { client, keys } from '../../../renderer/data/client'
import {
  answerCostQuestion,
  useCostQuestion,
  withinLimits,
} from '../../../renderer/data/cost-question'

const costs = (amount: number): Estimate => ({
  currency: 'USD',
  amount,
  bills: 'output',
  seconds: { input: 1, output: 1, billed: 1 },
})

afterEach(() => {
  answerCostQuestion(false)
  client.clear()
})

const allow = (USD: number | null) =>
  client.setQueryData(keys.settings, {
    settings: settings.parse({ spending: { USD, CNY: null, credits: null } }),
  })

it('submits at once within the limit, and without an estimate', () => {
  allow(1)
  const go = vi.fn()
  withinLimits([costs(1)], go)
  withinLimits([null], go)
  expect(go).toHaveBeenCalledTimes(2)
  expect(useCostQuestion.getState()).toBeNull()
})

it('asks once about several edits, and submits them after a yes', () => {
  allow(1)
  const go = vi.fn()
  withinLimits([costs(0.6), costs(0.6), null], go)
  expect(go).not.toHaveBeenCalled()
  expect(useCostQuestion.getState()).toMatchObject({ unit: 'USD', amount: 1.2, limit: 1, count: 3 })
  answerCostQuestion(true)
  expect(go).toHaveBeenCalledOnce()
  expect(useCostQuestion.getState()).toBeNull()
})

it('does not submit after a no', () => {
  allow(1)
  const go = vi.fn()
  withinLimits([costs(2)], go)
  answerCostQuestion(false)
  expect(go).not.toHaveBeenCalled()
})
