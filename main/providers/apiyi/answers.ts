import { z } from 'zod'
import { failedTask, taskWithoutResult } from '../failures'
import type { Refusal } from '../http/api'
import { loosePercent, looseText } from '../http/loose'
import type { TaskStatus } from '../provider'
import { apiyiFailures } from './failures'

/*
 * APIYI's answers (docs/providers/apiyi.md, "Answers"). The shape of its errors is not documented, so every shape that
 * such gateways use is read.
 */

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

/** Codes without information: the code in the brackets of the message is better. */
const empty = /^(\d+|bad_response_status_code|task_error|upstream_error|null)$/i

/** The code of an error: the one in brackets before its message (`[InvalidParameter] …`), its own, or its type. */
const codeOf = ({ code, type, message }: Words): string | null => {
  const inBrackets = /^\s*\[([\w.-]+)\]/.exec(message ?? '')?.[1] ?? null
  const own = [code, type].find((each) => each && !empty.test(each))
  return inBrackets ?? own ?? code ?? type ?? null
}

/** Reads a refusal from a body, in any of the shapes of such gateways; null when the body is none. */
export const apiyiRefusal = (body: unknown): Refusal | null => {
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

/** The documented shape, the same inside `data`, and DashScope's, which the gateway sometimes passes through. */
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

/** The status words of the gateway and of the service behind it. */
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

/** The status of a task; an undocumented status becomes 'unknown' with the provider's word. */
export const apiyiStatus = (answer: TaskAnswer): TaskStatus => {
  const { progress, request_id: requestId, result_url: resultUrl } = answer
  const state = states[answer.status.trim().toLowerCase()]
  switch (state) {
    case 'pending':
    case 'running':
      return { status: state, progress, requestId }
    case 'succeeded':
      return resultUrl
        ? { status: 'succeeded', resultUrl, requestId, usage: null }
        : taskWithoutResult(requestId)
    case 'failed': {
      const said = apiyiRefusal(answer) ?? { code: null, message: null }
      return failedTask({ ...said, requestId }, apiyiFailures)
    }
    case 'cancelled':
      return { status: 'cancelled', requestId }
    default:
      return { status: 'unknown', word: answer.status, requestId }
  }
}
