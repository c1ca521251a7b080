import { z } from 'zod'
import { channels, type Handlers } from '../../preload/contract'
import { type Log, logUnexpected } from '../log'
import { describeError } from './errors'
import { type Call, type Dispatch, refuse } from './ipc'

/** Characters of why an input was refused. */
const longestReason = 1000

type Handler = (input: unknown, call: Call) => Promise<unknown>

/**
 * Runs handlers: parses the input, answers errors as sentences. Also parses the output with `checkOutputs`
 * (development and tests).
 */
export const createDispatch = (
  handlers: Handlers<Call>,
  options: { log: Pick<Log, 'error'>; checkOutputs: boolean },
): Dispatch => {
  return async (group, verb, input, call) => {
    const definition = entry<Record<'input' | 'output', z.ZodType>>(channels, group, verb)
    const handler = entry<Handler>(handlers, group, verb)
    const channel = `${group}.${verb}`
    const invalid = (reason: string) => {
      const id = logUnexpected(options.log, 'Arguments refused', { channel, reason })
      const key = 'shell.error.unexpected'
      return refuse('invalid-argument', `${channel}: ${reason}`, key, { id })
    }
    if (!definition || !handler) return invalid('no such channel')
    const parsed = definition.input.safeParse(input)
    if (!parsed.success) {
      // The message names fields, not values, so the person's input does not reach the log.
      // A list of wrong values has as many reasons, and each would be in the log.
      return invalid(z.prettifyError(parsed.error).slice(0, longestReason))
    }
    try {
      const value = await handler(parsed.data, call)
      return { ok: true, value: options.checkOutputs ? definition.output.parse(value) : value }
    } catch (error) {
      return { ok: false, error: describeError(error, channel, options.log) }
    }
  }
}

/** Calls `onFirst` before the first call of the page: from then on it hears events. */
export const afterFirstCall = (dispatch: Dispatch, onFirst: () => void): Dispatch => {
  let isFirst = true
  return (...call) => {
    if (isFirst) onFirst()
    isFirst = false
    return dispatch(...call)
  }
}

/** Own members only: 'constructor' and the like are not channels. */
const entry = <T>(table: object, group: string, verb: string): T | undefined => {
  const verbs: unknown = Object.hasOwn(table, group) ? Reflect.get(table, group) : undefined
  if (typeof verbs !== 'object' || verbs === null || !Object.hasOwn(verbs, verb)) return undefined
  return Reflect.get(verbs, verb) as T
}
