import { describe, expect, it } from 'vitest'
import { expiryOf, hasExpired } from '../../main/jobs/record'
import { hour } from '../support/begin-job'

describe('the expiry of a task', () => {
  it('counts from the submission', () => {
    const expiresAt = expiryOf(1_000, 24 * hour)
    expect(hasExpired(expiresAt, 24 * hour + 999)).toBe(false)
    expect(hasExpired(expiresAt, 24 * hour + 1_000)).toBe(true)
    expect(hasExpired(null, Number.MAX_SAFE_INTEGER)).toBe(false)
  })
})
