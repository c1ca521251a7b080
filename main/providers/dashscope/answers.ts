import { z } from 'zod'
import { failureOf, plainFailure } from '../failures'
import type { Refusal } from '../http/api'
import { looseNumber, looseText } from '../http/loose'
import type { ListedTask, TaskStatus } from '../provider'
import { dashScopeFailures } from './failures'

/**
 * DashScope's answers, read leniently: SDK wrappers add members, numbers come as strings, empty strings
 * stand for nothing (PROVIDERS.md §1.4).
 */

const words = { code: looseText, message: looseText, request_id: looseText }

export const refusalAnswer = z.object({
  ...words,
  /** Gateways in front of DashScope wrap the same members once more. */
  error: z.object(words).partial().nullish().catch(null),
})

/** What a body says when it refuses; null when it is no refusal. */
export function dashScopeRefusal(body: unknown): Refusal | null {
  const said = refusalAnswer.safeParse(body).data
  if (!said) return null
  const code = said.code ?? said.error?.code ?? null
  const message = said.message ?? said.error?.message ?? null
  const requestId = said.request_id ?? said.error?.request_id ?? null
  return code === null && message === null ? null : { code, message, requestId }
}

export const createAnswer = z.object({
  request_id: looseText,
  output: z.object({ task_id: z.string().min(1) }),
})

const usage = z
  .object({
    duration: looseNumber,
    input_video_duration: looseNumber,
    output_video_duration: looseNumber,
  })
  .nullish()
  .catch(null)

export const taskAnswer = z.object({
  request_id: looseText,
  output: z.object({
    task_status: z.string(),
    video_url: looseText,
    orig_prompt: looseText,
    code: looseText,
    message: looseText,
  }),
  usage,
})

export const listAnswer = z.object({
  data: z
    .array(
      z.object({
        task_id: z.string(),
        model_name: looseText,
        status: looseText,
        gmt_create: looseNumber,
        request_id: looseText,
      }),
    )
    .nullish()
    .transform((value) => value ?? []),
  total_page: looseNumber,
})

const policy = z.object({
  policy: z.string(),
  signature: z.string(),
  oss_access_key_id: z.string(),
  upload_dir: z.string(),
  upload_host: z.string(),
  expire_in_seconds: looseNumber,
  max_file_size_mb: looseNumber,
  x_oss_object_acl: z.string(),
  x_oss_forbid_overwrite: z.union([z.string(), z.boolean()]).transform(String),
})
export type UploadPolicy = z.infer<typeof policy>

/** Raw HTTP answers have the policy in `data`; the Python SDK's copy of them has it in `output`. */
export const policyAnswer = z.union([
  z.object({ data: policy }).transform(({ data }) => data),
  z.object({ output: policy }).transform(({ output }) => output),
])

type TaskAnswer = z.infer<typeof taskAnswer>

function succeeded({ output, usage: used, request_id: requestId }: TaskAnswer): TaskStatus {
  if (!output.video_url) {
    const failure = plainFailure('unknown', 'contact-provider', 'unknown_result-missing')
    const provider = { code: null, message: null, requestId, httpStatus: 200 }
    return { status: 'failed', failure: { ...failure, provider }, requestId }
  }
  const seconds = used && {
    seconds: used.duration,
    input: used.input_video_duration,
    output: used.output_video_duration,
  }
  const { video_url: resultUrl, orig_prompt: prompt } = output
  return { status: 'succeeded', resultUrl, requestId, prompt, usage: seconds ?? null }
}

/** A task's answer in the app's words; a status that is not documented comes back as 'unknown' with its word. */
export function taskStatusOf(answer: TaskAnswer): TaskStatus {
  const { output, request_id: requestId } = answer
  switch (output.task_status.trim().toUpperCase()) {
    case 'PENDING':
    case 'SUSPENDED':
      return { status: 'pending', progress: null, requestId }
    case 'RUNNING':
      return { status: 'running', progress: null, requestId }
    case 'SUCCEEDED':
      return succeeded(answer)
    case 'FAILED': {
      const said = { code: output.code, message: output.message, requestId, httpStatus: null }
      return { status: 'failed', failure: failureOf(said, dashScopeFailures), requestId }
    }
    case 'CANCELED':
    case 'CANCELLED':
      return { status: 'cancelled', requestId }
    default:
      return { status: 'unknown', word: output.task_status, requestId }
  }
}

/** Tasks of this model since then; a task whose model or time is not given is kept. */
export function listedTasks(
  answer: z.infer<typeof listAnswer>,
  model: string,
  since: number,
): ListedTask[] {
  return answer.data
    .filter((task) => task.model_name === null || task.model_name.startsWith(model))
    .filter((task) => task.gmt_create === null || task.gmt_create >= since)
    .map((task) => ({
      taskId: task.task_id,
      createdAt: task.gmt_create,
      status: task.status ?? 'UNKNOWN',
      requestId: task.request_id,
    }))
}
