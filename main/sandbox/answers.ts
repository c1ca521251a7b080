import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { rangeAnswer, readRange } from '../files/byte-ranges'
import type { SandboxTask } from './task-store'

/** Beijing's wall clock, as DashScope writes it. */
const timestamp = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '')

/** The members `output` and `usage` of a query's answer. A task that is null is unknown. */
export const taskOutput = (
  id: string,
  task: SandboxTask | null,
  link: string,
): Record<string, unknown> => {
  const base = { task_id: id, task_status: task?.status ?? 'UNKNOWN' }
  if (!task || task.status === 'UNKNOWN') return { output: base }
  const output = {
    ...base,
    submit_time: timestamp(task.createdAt),
    ...(task.startedAt === null ? {} : { scheduled_time: timestamp(task.startedAt) }),
    ...(task.endedAt === null ? {} : { end_time: timestamp(task.endedAt) }),
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

/** Answers with a clip or a part of it. Rejects when the file is missing or the client disconnects. */
export const sendClip = async (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { size, mtimeMs } = await stat(path)
  const range = readRange(request.headers.range, size)
  const { status, headers } = rangeAnswer(range, size)
  response.writeHead(status, {
    'Content-Type': 'video/mp4',
    ETag: `"${size}-${Math.floor(mtimeMs)}"`,
    ...headers,
  })
  if (range.kind === 'unsatisfiable') response.end()
  else {
    const part = range.kind === 'part' ? { start: range.start, end: range.end } : {}
    await pipeline(createReadStream(path, part), response)
  }
}
