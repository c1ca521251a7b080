import { z } from 'zod'
import type { Balance } from '../../../preload/contract'
import type { Refusal } from '../http/api'
import { loosePercent, looseText, looseUrls, numberInDigits } from '../http/loose'
import type { TaskStatus } from '../provider'
import { type TaskStates, taskStatus } from '../task-status'
import { aiVideoApiFailures, upstreamRefused } from './failures'

/* The answers of aivideoapi.ai (docs/providers/aivideoapi.md, "Answers"). */

const words = z.object({ code: looseText, message: looseText }).nullish().catch(null)

const refusalAnswer = z.object({ error: words, code: looseText, msg: looseText })

/** Reads a refusal from a body: an `error`, or an envelope with another code than 200; null when the body is none. */
export const aiVideoApiRefusal = (body: unknown): Refusal | null => {
  const said = refusalAnswer.safeParse(body).data
  if (!said) return null
  if (said.error) return { ...said.error, requestId: null }
  if (said.code === null || said.code === '200') return null
  return { code: said.code, message: said.msg, requestId: null }
}

export const createdAnswer = z.object({ data: z.object({ taskId: z.string().min(1) }) })

const task = z.object({
  status: z.string(),
  progress: loosePercent,
  output: z.object({ urls: looseUrls }).nullish().catch(null),
  error: words,
})

/** The documents of another model show a plain object; the envelope of the other calls is also read. */
export const taskAnswer = z.union([task, z.object({ data: task }).transform(({ data }) => data)])

const states: TaskStates = {
  pending: 'pending',
  processing: 'running',
  completed: 'succeeded',
  failed: 'failed',
}

/** The status of a task. */
export const aiVideoApiStatus = (answer: z.infer<typeof task>): TaskStatus => {
  const { status: word, output, ...rest } = answer
  return taskStatus(states, [...upstreamRefused, ...aiVideoApiFailures], {
    ...rest,
    word,
    requestId: null,
    resultUrl: output?.urls,
  })
}

export const creditsAnswer = z
  .object({ data: z.object({ balance: numberInDigits }) })
  .transform(({ data }): Balance => ({ amount: data.balance, currency: 'credits', ofKey: false }))
