import type { SandboxTask } from './task-store'

/** Beijing's wall clock, as DashScope writes it. */
const stamp = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '')

/** The members `output` and `usage` of a query's answer; null is a task that is gone or never was. */
export function taskOutput(
  id: string,
  task: SandboxTask | null,
  link: string,
): Record<string, unknown> {
  const base = { task_id: id, task_status: task?.status ?? 'UNKNOWN' }
  if (!task || task.status === 'UNKNOWN') return { output: base }
  const output = {
    ...base,
    submit_time: stamp(task.createdAt),
    ...(task.startedAt === null ? {} : { scheduled_time: stamp(task.startedAt) }),
    ...(task.endedAt === null ? {} : { end_time: stamp(task.endedAt) }),
  }
  if (task.status === 'FAILED') {
    return { output: { ...output, code: task.code, message: task.message } }
  }
  if (task.status !== 'SUCCEEDED') return { output }
  const done = { ...output, orig_prompt: task.request.input.prompt, video_url: link }
  return { output: done, usage: task.usage }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** An error as OSS writes it. */
export const xmlError = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>${escaped(code)}</Code>\n` +
  `  <Message>${escaped(message)}</Message>\n  <RequestId>SANDBOX</RequestId>\n</Error>\n`
