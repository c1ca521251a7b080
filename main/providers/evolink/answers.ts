import { z } from 'zod'
import type { Balance } from '../../../preload/contract'
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
import { type TaskStates, taskStatus } from '../task-status'
import { evoLinkFailures } from './failures'

/* EvoLink's answers (docs/providers/evolink.md, "Answers"). Error codes arrive as texts and as numbers. */

const words = z.object({ code: looseText, message: looseText }).nullish().catch(null)

const refusalAnswer = z.object({ error: words, code: looseText, message: looseText })

/** Reads a refusal from a body; null when the body is none. */
export const evoLinkRefusal = (body: unknown): Refusal | null => {
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

const states: TaskStates = {
  pending: 'pending',
  processing: 'running',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}

/** The status of a task. */
export const evoLinkStatus = (answer: z.infer<typeof taskAnswer>): TaskStatus => {
  const { status: word, progress, error, results, result_data: more, usage: used } = answer
  const amount = used?.credits_used ?? used?.cost?.credits ?? null
  const cost = amount === null ? null : { currency: 'credits', amount }
  return taskStatus(states, evoLinkFailures, {
    word,
    progress,
    requestId: null,
    error,
    resultUrl: results ?? more?.find(({ video_url }) => video_url)?.video_url,
    usage: cost && { seconds: null, input: null, output: null, cost },
  })
}

export const listAnswer = z.object({
  data: z.array(
    z.object({ id: z.string(), model: looseText, status: looseText, created_at: looseTime }),
  ),
  total: looseNumber,
})

/** Tasks of this model, and those whose model is missing. */
export const evoLinkListed = (answer: z.infer<typeof listAnswer>, model: string): ListedTask[] =>
  answer.data
    .filter((task) => task.model === null || task.model === model)
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

/** The answer of the Files API, which has an envelope with its own code. */
export const fileAnswer = z.object({
  success: z.boolean().nullish().catch(null),
  code: looseNumber,
  msg: looseText,
  data: z.object({ file_url: looseText }).nullish().catch(null),
})
