import { z } from 'zod'
import type { Balance } from '../../../preload/contract'
import { failureOf, plainFailure } from '../failures'
import type { Refusal } from '../http/api'
import {
  looseNumber,
  loosePercent,
  looseText,
  looseTime,
  looseUrls,
  numberInDigits,
} from '../http/loose'
import type { ListedTask, TaskStatus } from '../provider'
import { evoLinkFailures } from './failures'

/** EvoLink's answers (PROVIDERS.md §2.3, §2.4). Codes of errors come as texts and as numbers. */

const words = z.object({ code: looseText, message: looseText }).nullish().catch(null)

const refusalAnswer = z.object({ error: words, code: looseText, message: looseText })

/** What a body says when it refuses. */
export function evoLinkRefusal(body: unknown): Refusal | null {
  const said = refusalAnswer.safeParse(body).data
  if (!said) return null
  const code = said.error?.code ?? said.code
  const message = said.error?.message ?? said.message
  return code === null && message === null ? null : { code, message, requestId: null }
}

export const createdAnswer = z.object({ id: z.string().min(1) })

const usage = z
  .object({
    credits_used: looseNumber,
    cost: z.object({ credits: looseNumber }).nullish().catch(null),
  })
  .nullish()
  .catch(null)

export const taskAnswer = z.object({
  status: z.string(),
  progress: loosePercent,
  results: looseUrls,
  result_data: z
    .array(z.object({ video_url: looseText }))
    .nullish()
    .catch(null),
  error: words,
  usage,
})
type TaskAnswer = z.infer<typeof taskAnswer>

function succeeded({ results, result_data: more, usage: used }: TaskAnswer): TaskStatus {
  const resultUrl = results ?? more?.find(({ video_url }) => video_url)?.video_url
  if (!resultUrl) {
    const failure = plainFailure('unknown', 'contact-provider', 'unknown_result-missing')
    const provider = { code: null, message: null, requestId: null, httpStatus: 200 }
    return { status: 'failed', failure: { ...failure, provider }, requestId: null }
  }
  const credits = used?.credits_used ?? used?.cost?.credits ?? null
  const known = { seconds: null, input: null, output: null }
  return {
    status: 'succeeded',
    resultUrl,
    requestId: null,
    usage: credits === null ? null : { ...known, cost: { currency: 'credits', amount: credits } },
  }
}

/** A task's answer in the app's words; a status that is not documented comes back as 'unknown' with its word. */
export function evoLinkStatus(answer: TaskAnswer): TaskStatus {
  switch (answer.status.trim().toLowerCase()) {
    case 'pending':
      return { status: 'pending', progress: answer.progress, requestId: null }
    case 'processing':
      return { status: 'running', progress: answer.progress, requestId: null }
    case 'completed':
      return succeeded(answer)
    case 'failed': {
      const said = {
        code: answer.error?.code ?? null,
        message: answer.error?.message ?? null,
        requestId: null,
        httpStatus: null,
      }
      return { status: 'failed', failure: failureOf(said, evoLinkFailures), requestId: null }
    }
    case 'cancelled':
    case 'canceled':
      return { status: 'cancelled', requestId: null }
    default:
      return { status: 'unknown', word: answer.status, requestId: null }
  }
}

export const listAnswer = z.object({
  data: z.array(
    z.object({ id: z.string(), model: looseText, status: looseText, created_at: looseTime }),
  ),
  total: looseNumber,
})

/** Tasks of this model since then; a task whose model or time is not given is kept. */
export const evoLinkListed = (
  answer: z.infer<typeof listAnswer>,
  model: string,
  since: number,
): ListedTask[] =>
  answer.data
    .filter((task) => task.model === null || task.model === model)
    .filter((task) => task.created_at === null || task.created_at >= since)
    .map((task) => ({
      taskId: task.id,
      createdAt: task.created_at,
      status: task.status ?? 'unknown',
    }))

export const creditsAnswer = z
  .object({
    data: z.object({
      user: z.object({ remaining_credits: numberInDigits }),
      token: z
        .object({
          remaining_credits: looseNumber,
          unlimited_credits: z.boolean().nullish().catch(null),
        })
        .nullish()
        .catch(null),
    }),
  })
  .transform(({ data: { user, token } }): Balance => {
    const account = user.remaining_credits
    const ofKey = token && !token.unlimited_credits ? token.remaining_credits : null
    const isKeyLess = ofKey !== null && ofKey < account
    return { amount: isKeyLess ? ofKey : account, currency: 'credits', ofKey: isKeyLess }
  })

/** What the Files API says: its own envelope, with a code of its own. */
export const fileAnswer = z.object({
  success: z.boolean().nullish().catch(null),
  code: looseNumber,
  msg: looseText,
  data: z.object({ file_url: looseText }).nullish().catch(null),
})
