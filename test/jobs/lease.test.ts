import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { mayClaim, thisProcess } from '../../main/jobs/lease'

describe('whether a job can be claimed if its lease is', () => {
  const me = { id: 'me', pid: 10, machine: 'here' }
  const theirs = { owner: 'here#other', pid: 20, until: 100 }
  const base = {
    me,
    isAlive: () => true,
    submittingGrace: 1_000,
    now: 50,
    state: 'running' as const,
  }
  it.each([
    ['free', { ...base, lease: null }, true],
    ['mine', { ...base, lease: { ...theirs, owner: 'here#me' } }, true],
    ['of a living process', { ...base, lease: theirs }, false],
    ['of a process that has ended', { ...base, lease: theirs, isAlive: () => false }, true],
    [
      'of another computer, whose pids mean nothing here',
      { ...base, lease: { ...theirs, owner: 'there#other' }, isAlive: () => false },
      false,
    ],
    ['in its last millisecond', { ...base, lease: theirs, now: 100 }, false],
    ['that has expired', { ...base, lease: theirs, now: 101 }, true],
    [
      'that has expired with a create in flight',
      { ...base, lease: theirs, now: 101, state: 'submitting' as const },
      false,
    ],
    [
      'that expired long ago with a create in flight',
      { ...base, lease: theirs, now: 1_101, state: 'submitting' as const },
      true,
    ],
    [
      'of a process that has ended with a create in flight',
      { ...base, lease: theirs, state: 'submitting' as const, isAlive: () => false },
      true,
    ],
  ])('%s', (_what, question, expected) => {
    expect(mayClaim(question)).toBe(expected)
  })
})

it('a process names its computer, and on Linux its container', () => {
  const { id, pid, machine } = thisProcess('me')
  expect({ id, pid }).toEqual({ id: 'me', pid: process.pid })
  const container = process.platform === 'linux' ? /^\/pid:\[\d+\]$/ : /^$/
  expect(machine.startsWith(hostname())).toBe(true)
  expect(machine.slice(hostname().length)).toMatch(container)
})
