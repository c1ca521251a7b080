import { z } from 'zod'
import type { Balance } from '../../../preload/contract'
import { failedTask, taskWithoutResult } from '../failures'
import type { Refusal } from '../http/api'
import { loosePercent, looseText, looseUrls, numberInDigits } from '../http/loose'
import type { TaskStatus } from '../provider'
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
type TaskAnswer = z.infer<typeof task>

/** The documents of another model show a plain object; the envelope of the other calls is also read. */
export const taskAnswer = z.union([task, z.object({ data: task }).transform(({ data }) => data)])

/** The status of a task; an undocumented status becomes 'unknown' with the provider's word. */
export const aiVideoApiStatus = ({ status, progress, output, error }: TaskAnswer): TaskStatus => {
  const requestId = null
  switch (status.trim().toLowerCase()) {
    case 'pending':
      return { status: 'pending', progress, requestId }
    case 'processing':
      return { status: 'running', progress, requestId }
    case 'completed':
      return output?.urls
        ? { status: 'succeeded', resultUrl: output.urls, requestId, usage: null }
        : taskWithoutResult(requestId)
    case 'failed': {
      const said = { code: error?.code ?? null, message: error?.message ?? null, requestId }
      return failedTask(said, [...upstreamRefused, ...aiVideoApiFailures])
    }
    default:
      return { status: 'unknown', word: status, requestId }
  }
}

export const creditsAnswer = z
  .object({ data: z.object({ balance: numberInDigits }) })
  .transform(({ data }): Balance => ({ amount: data.balance, currency: 'credits', ofKey: false }))
