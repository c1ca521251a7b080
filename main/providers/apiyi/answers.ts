import { z } from 'zod'
import type { Refusal } from '../http/api'
import { loosePercent, looseText } from '../http/loose'
import type { TaskStatus } from '../provider'
import { type TaskStates, taskStatus } from '../task-status'
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

type Words = Partial<Omit<z.infer<typeof words>, 'request_id'>>

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

const task = z.looseObject({
  status: z.string(),
  progress: loosePercent,
  result_url: looseText,
  request_id: looseText,
})

/** The documented shape, the same inside `data`, and DashScope's, which the gateway sometimes passes through. */
export const taskAnswer = z.union([
  task,
  z.object({ data: task }).transform(({ data }) => data),
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

/** The status words of the gateway and of the service behind it. */
const states: TaskStates = {
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

/** The status of a task. */
export const apiyiStatus = (answer: z.infer<typeof taskAnswer>): TaskStatus =>
  taskStatus(states, apiyiFailures, {
    word: answer.status,
    progress: answer.progress,
    requestId: answer.request_id,
    resultUrl: answer.result_url,
    error: apiyiRefusal(answer),
  })
