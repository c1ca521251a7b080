import { expect, test } from 'vitest'
import { constantRate, framesPerSecond, smoothRate } from '../../main/preflight'

const usual = [12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240]

test.each(usual)('%d frames a second are kept', (rate) => {
  for (const measured of [rate * 0.9996, rate, rate * 1.0004])
    expect(constantRate(measured)).toEqual({ numerator: rate, denominator: 1 })
})

test.each([
  [24_000 / 1001, 24_000, 1001],
  [23.976, 24_000, 1001],
  [23.98, 24_000, 1001],
  [30_000 / 1001, 30_000, 1001],
  [29.97002997, 30_000, 1001],
  [29.98, 30_000, 1001],
  [29.99, 30, 1],
  [60_000 / 1001, 60_000, 1001],
  [59.9, 60_000, 1001],
  [59.95, 60_000, 1001],
  // Half a percent is the most that is rounded.
  [25.125, 25, 1],
  [25.13, 25_130, 1000],
  [24.88, 25, 1],
  [24.87, 24_870, 1000],
  [37.5, 37_500, 1000],
  [7, 7000, 1000],
  [0.0001, 1, 1000],
  [1000, 1_000_000, 1000],
])('the constant rate for %d is %d/%d', (measured, numerator, denominator) => {
  expect(constantRate(measured)).toEqual({ numerator, denominator })
})

test.each([
  [60, 60, 60, 1],
  [60.01, 60, 60, 1],
  [240, 60, 60, 1],
  [50, 60, 50, 1],
])('the constant rate for %d of at most %d is %d/%d', (measured, max, numerator, denominator) => {
  expect(constantRate(measured, max)).toEqual({ numerator, denominator })
})

test.each([
  [1, 30, 1],
  [29.97, 30, 1],
  [30, 30, 1],
  [30.15, 30, 1],
  [30.16, 48, 1],
  [48.2, 48, 1],
  [48.3, 50, 1],
  [50.2, 50, 1],
  [50.3, 60_000, 1001],
  [60.2, 60_000, 1001],
  [60.25, 60, 1],
  [75, 90, 1],
  [241, 240, 1],
  [250, 250_000, 1000],
])('a rate that varies around %d becomes %d/%d', (average, numerator, denominator) => {
  expect(smoothRate(average)).toEqual({ numerator, denominator })
})

test.each([
  [7.22, 60, 30, 1],
  [28.7, 60, 30, 1],
  [29.97002997, 60, 30, 1],
  [37.5, 60, 48, 1],
  [59, 60, 60_000, 1001],
  [59.8, 60, 60_000, 1001],
  [75, 60, 60, 1],
  [60.3, 60, 60, 1],
  [80, 60, 60, 1],
  [20, 24, 20, 1],
  [40, 48, 48, 1],
])('a rate around %d of at most %d becomes %d/%d', (average, max, numerator, denominator) => {
  expect(smoothRate(average, max)).toEqual({ numerator, denominator })
})

test('a fraction gives frames per second', () => {
  expect(framesPerSecond({ numerator: 30_000, denominator: 1001 })).toBeCloseTo(29.97, 3)
})
