import { z } from 'zod'
import type { Refusal } from '../http/api'
import { looseNumber, looseText } from '../http/loose'
import type { ListedTask, TaskStatus } from '../provider'
import { type TaskStates, taskStatus } from '../task-status'
import { dashScopeFailures } from './failures'

/*
 * DashScope's answers, parsed leniently: SDK wrappers add members, numbers arrive as strings, empty strings mean
 * nothing (docs/providers/dashscope.md, "Answers").
 */

const words = { code: looseText, message: looseText, request_id: looseText }

export const refusalAnswer = z.object({
  ...words,
  /** Gateways in front of DashScope wrap the same members in `error`. */
  error: z.object(words).partial().nullish().catch(null),
})

/** Reads a refusal from a body; null when the body is none. */
export const dashScopeRefusal = (body: unknown): Refusal | null => {
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
  upload_host: z.url({ protocol: /^https?$/ }),
  expire_in_seconds: looseNumber,
  max_file_size_mb: looseNumber,
  x_oss_object_acl: z.string(),
  x_oss_forbid_overwrite: z.union([z.string(), z.boolean()]).transform(String),
})
export type UploadPolicy = z.infer<typeof policy>

/** Over HTTP the policy is in `data`; the Python SDK puts it into `output`. */
export const policyAnswer = z.union([
  z.object({ data: policy }).transform(({ data }) => data),
  z.object({ output: policy }).transform(({ output }) => output),
])

const states: TaskStates = {
  pending: 'pending',
  suspended: 'pending',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
  cancelled: 'cancelled',
}

/** The status of a task. */
export const taskStatusOf = (answer: z.infer<typeof taskAnswer>): TaskStatus => {
  const { output, usage: used, request_id: requestId } = answer
  return taskStatus(states, dashScopeFailures, {
    word: output.task_status,
    progress: null,
    requestId,
    error: output,
    resultUrl: output.video_url,
    prompt: output.orig_prompt,
    usage: used
      ? {
          seconds: used.duration,
          input: used.input_video_duration,
          output: used.output_video_duration,
        }
      : null,
  })
}

/** Tasks of this model, and those whose model is missing. */
export const listedTasks = (answer: z.infer<typeof listAnswer>, model: string): ListedTask[] =>
  answer.data
    .filter((task) => task.model_name === null || task.model_name.startsWith(model))
    .map((task) => ({
      taskId: task.task_id,
      createdAt: task.gmt_create,
      status: task.status ?? 'UNKNOWN',
      requestId: task.request_id,
    }))
