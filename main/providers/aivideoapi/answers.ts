import { z } from 'zod'
import type { Balance } from '../../../preload/contract'
import { failureOf, plainFailure } from '../failures'
import type { Refusal } from '../http/api'
import { loosePercent, looseText, looseUrls, numberInDigits } from '../http/loose'
import type { TaskStatus } from '../provider'
import { aiVideoApiFailures, upstreamRefused } from './failures'

/** The answers of aivideoapi.ai (PROVIDERS.md §4.3). */

const words = z.object({ code: looseText, message: looseText }).nullish().catch(null)

const refusalAnswer = z.object({ error: words, code: looseText, msg: looseText })

/** What a body says when it refuses: an `error`, or an envelope whose code is not that of success. */
export function aiVideoApiRefusal(body: unknown): Refusal | null {
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

/** A plain object by the documents of another model; the envelope of the other calls is read too. */
export const taskAnswer = z.union([task, z.object({ data: task }).transform(({ data }) => data)])

/** A task's answer in the app's words; a status that is not documented comes back as 'unknown' with its word. */
export function aiVideoApiStatus({ status, progress, output, error }: TaskAnswer): TaskStatus {
  const requestId = null
  switch (status.trim().toLowerCase()) {
    case 'pending':
      return { status: 'pending', progress, requestId }
    case 'processing':
      return { status: 'running', progress, requestId }
    case 'completed': {
      const resultUrl = output?.urls
      if (resultUrl) return { status: 'succeeded', resultUrl, requestId, usage: null }
      const failure = plainFailure('unknown', 'contact-provider', 'unknown_result-missing')
      const provider = { code: null, message: null, requestId, httpStatus: 200 }
      return { status: 'failed', failure: { ...failure, provider }, requestId }
    }
    case 'failed': {
      const said = { code: error?.code ?? null, message: error?.message ?? null }
      const rules = [...upstreamRefused, ...aiVideoApiFailures]
      const failure = failureOf({ ...said, requestId, httpStatus: null }, rules)
      return { status: 'failed', failure, requestId }
    }
    default:
      return { status: 'unknown', word: status, requestId }
  }
}

export const creditsAnswer = z
  .object({ data: z.object({ balance: numberInDigits }) })
  .transform(({ data }): Balance => ({ amount: data.balance, currency: 'credits', ofKey: false }))
