import { expect, test } from 'vitest'
import { interrupted } from '../../main/cli'

/** Sends SIGINT at these milliseconds; gives the exit codes. */
const exitsAfter = (isTerminal: boolean, ...times: number[]) => {
  const stop = new AbortController()
  const exits: number[] = []
  let now = 0
  const onSignal = interrupted(
    stop,
    isTerminal,
    () => now,
    (code) => exits.push(code),
  )
  for (const time of times) {
    now = time
    onSignal()
  }
  expect(stop.signal.aborted).toBe(times.length > 0)
  return exits
}

test.each([
  ['the first signal only stops the command', false, [0], []],
  ['a signal that a process group gets twice counts once', false, [0, 5, 2_999], []],
  ['a second signal after three seconds ends it at once', false, [0, 3_000], [130]],
  ['a person at a terminal ends it with the second one', true, [0, 200], [130]],
])('%s', (_what, isTerminal, times, exits) => {
  expect(exitsAfter(isTerminal, ...times)).toEqual(exits)
})
