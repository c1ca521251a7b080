import { z } from 'zod'
import { failureOf, plainFailure } from '../failures'
import type { Refusal } from '../http/api'
import { loosePercent, looseText } from '../http/loose'
import type { TaskStatus } from '../provider'
import { apiyiFailures } from './failures'

/** APIYI's answers: a gateway whose errors have no documented shape, so all that it is known to use are read (PROVIDERS.md §3.3, §3.4). */

const words = z
  .object({ code: looseText, type: looseText, message: looseText, request_id: looseText })
  .partial()

const refusalAnswer = words.extend({
  error: z
    .union([words, z.string().transform((message) => ({ message }))])
    .nullish()
    .catch(null),
  fail_reason: looseText,
})

interface Words {
  code?: string | null | undefined
  type?: string | null | undefined
  message?: string | null | undefined
}

/** Codes that name nothing: the one in the message's brackets says more. */
const nameless = /^(\d+|bad_response_status_code|task_error|upstream_error|null)$/i

/** The code of an error: its own, the one in brackets before its message (`[InvalidParameter] …`), or its type. */
function codeOf({ code, type, message }: Words): string | null {
  const inBrackets = /^\s*\[([\w.-]+)\]/.exec(message ?? '')?.[1] ?? null
  const own = [code, type].find((each) => each && !nameless.test(each))
  return inBrackets ?? own ?? code ?? type ?? null
}

/** What a body says when it refuses, in any of the shapes of such gateways. */
export function apiyiRefusal(body: unknown): Refusal | null {
  const said = refusalAnswer.safeParse(body).data
  if (!said) return null
  const inner: Words = said.error ?? {}
  const code = codeOf({
    code: inner.code ?? said.code,
    type: inner.type ?? said.type,
    message: inner.message ?? said.message ?? said.fail_reason,
  })
  const message = inner.message ?? said.message ?? said.fail_reason ?? null
  const requestId =
    said.request_id ?? (said.error && 'request_id' in said.error ? said.error.request_id : null)
  return code === null && message === null ? null : { code, message, requestId: requestId ?? null }
}

export const createdAnswer = z.object({
  request_id: looseText,
  output: z.object({ task_id: z.string().min(1) }),
})

const task = z.object({
  status: z.string(),
  progress: loosePercent,
  result_url: looseText,
  request_id: looseText,
})

/** The documented shape, the same inside `data`, and DashScope's own, which the gateway passes through at times. */
export const taskAnswer = z.union([
  z.looseObject({ ...task.shape }),
  z.object({ data: z.looseObject({ ...task.shape }) }).transform(({ data }) => data),
  z
    .object({
      request_id: looseText,
      output: z.looseObject({ task_status: z.string(), video_url: looseText }),
    })
    .transform(({ request_id, output }) => ({
      ...output,
      status: output.task_status,
      result_url: output.video_url,
      progress: null,
      request_id,
    })),
])
type TaskAnswer = z.infer<typeof taskAnswer>

function succeeded(answer: TaskAnswer): TaskStatus {
  const { result_url: resultUrl, request_id: requestId } = answer
  if (resultUrl) return { status: 'succeeded', resultUrl, requestId, usage: null }
  const failure = plainFailure('unknown', 'contact-provider', 'unknown_result-missing')
  const provider = { code: null, message: null, requestId, httpStatus: 200 }
  return { status: 'failed', failure: { ...failure, provider }, requestId }
}

/** The gateway's words and those of the service behind it. */
const states: Record<string, 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled'> = {
  submitted: 'pending',
  queued: 'pending',
  pending: 'pending',
  in_progress: 'running',
  processing: 'running',
  running: 'running',
  completed: 'succeeded',
  succeeded: 'succeeded',
  success: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  canceled: 'cancelled',
  cancelled: 'cancelled',
}

/** A task's answer in the app's words; a status that is not known comes back as 'unknown' with its word. */
export function apiyiStatus(answer: TaskAnswer): TaskStatus {
  const { progress, request_id: requestId } = answer
  const state = states[answer.status.trim().toLowerCase()]
  switch (state) {
    case 'pending':
    case 'running':
      return { status: state, progress, requestId }
    case 'succeeded':
      return succeeded(answer)
    case 'failed': {
      const said = apiyiRefusal(answer) ?? { code: null, message: null }
      const failure = failureOf({ ...said, requestId, httpStatus: null }, apiyiFailures)
      return { status: 'failed', failure, requestId }
    }
    case 'cancelled':
      return { status: 'cancelled', requestId }
    default:
      return { status: 'unknown', word: answer.status, requestId }
  }
}
