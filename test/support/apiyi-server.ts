import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { boolean, isRecord, judgeMembers, oneOf, ratio, text, whole } from './strict-body'
import { jsonOf, type Reply, type StrictServer, startStrictServer } from './strict-server'

/* APIYI according to its documents (docs/providers/apiyi.md). Written from the documents alone, never from our client. */

export type ApiyiOperation = 'create' | 'query'
export type ApiyiServer = StrictServer<ApiyiOperation> & {
  /** Milliseconds since the epoch of each query, by task. */
  asked: Map<string, number[]>
}

export interface ApiyiServerOptions {
  words?: readonly string[]
  result?: Buffer
  /** The clock by which the pace of queries is judged. */
  now?: () => number
}

const model = 'wan2.7-videoedit'

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: {
    error: { message: `${message} (request id: ${randomUUID()})`, type: 'new_api_error', code },
  },
})

const parameterRules = {
  resolution: oneOf('720P', '1080P'),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
  duration: whole(2, 10),
  ratio,
  audio_setting: oneOf('origin'),
}

const judgeMedia = (media: unknown): string | null => {
  if (!Array.isArray(media)) return '[InvalidParameter] Field required: input.media'
  for (const item of media) {
    const rules = { type: oneOf('video', 'reference_image'), url: text }
    const wrong = judgeMembers(item, rules, ['type', 'url'], 'input.media[]')
    if (wrong) return wrong
    const isData = /^data:image\/(jpeg|png|bmp|webp);base64,/.test(item.url)
    const isPlain = /^https?:\/\/[!-~]+$/.test(item.url)
    if (!isPlain && !(isData && item.type === 'reference_image')) {
      return `[InvalidParameter] url error, please check url! ${String(item.url).slice(0, 40)}`
    }
  }
  const count = (type: string) => media.filter((item) => item.type === type).length
  if (count('video') !== 1) return 'missing video'
  if (count('reference_image') < 1) return 'missing reference_image'
  return count('reference_image') > 5 ? 'at most 5 reference_image' : null
}

const judgeCreate = (request: IncomingMessage, body: unknown): string | null => {
  if (request.headers['x-dashscope-async'] !== 'enable') return 'X-DashScope-Async must be enable'
  if (!/^application\/json\b/.test(String(request.headers['content-type']))) {
    return 'Content-Type must be application/json'
  }
  const anything = () => null
  const wrong =
    judgeMembers(body, { model: oneOf(model), input: anything, parameters: anything }, [
      'model',
      'input',
    ]) ??
    judgeMembers(
      isRecord(body) ? body['input'] : null,
      { prompt: text, negative_prompt: text, media: anything },
      ['media'],
      'input',
    )
  if (wrong || !isRecord(body) || !isRecord(body['input'])) return wrong
  return (
    judgeMedia(body['input']['media']) ??
    judgeMembers(body['parameters'] ?? {}, parameterRules, [], 'parameters')
  )
}

/** Starts a strict APIYI. */
export const startApiyiServer = async (options: ApiyiServerOptions = {}): Promise<ApiyiServer> => {
  const now = options.now ?? Date.now
  const create = async (request: IncomingMessage): Promise<Reply> => {
    const body = await jsonOf(request)
    server.bodies.push(body)
    const wrong = judgeCreate(request, body)
    if (wrong) {
      const status = wrong.startsWith('missing') ? 500 : 400
      const refusal = refused(status, 'build_request_failed', wrong)
      return server.violation(refusal, `create: ${wrong}`)
    }
    const task = server.addTask()
    if (isRecord(body)) task.body = body
    const output = { task_id: task.id, task_status: 'PENDING' }
    return { status: 200, json: { output, request_id: randomUUID() } }
  }

  const query = (id: string): Reply => {
    const before = server.asked.get(id) ?? []
    const last = before.at(-1)
    if (last !== undefined && now() - last < 3000) {
      server.violations.push(`asked again after ${now() - last} ms`)
    }
    server.asked.set(id, [...before, now()])
    const status = server.wordOf(id)
    if (status === null) return refused(400, 'task_not_exist', 'task_not_exist')
    const answer: Record<string, unknown> = { task_id: id, status }
    if (status === 'UNKNOWN') return { status: 200, json: answer }
    answer['progress'] = { submitted: 10, in_progress: 30 }[status] ?? 100
    if (status === 'completed') answer['result_url'] = server.resultUrlOf(id)
    if (status === 'failed') answer['error'] = { message: '[InternalError] it failed' }
    return { status: 200, json: answer }
  }

  const server = (await startStrictServer<ApiyiOperation>({
    key: 'sk-apiyi-test',
    words: options.words ?? ['submitted', 'in_progress', 'completed'],
    result: options.result,
    refused,
    unauthorized: { code: 'invalid_token', message: 'Invalid token' },
    newId: randomUUID,
    headers: ({ headers, method }) => {
      if (headers['accept-encoding'] !== 'identity') return 'Accept-Encoding must be identity'
      const hasAsync = headers['x-dashscope-async'] !== undefined
      return method === 'GET' && hasAsync ? 'queries have no X-DashScope-Async' : null
    },
    endpoints: () => [
      {
        operation: 'create',
        method: 'POST',
        path: /^\/wan\/api\/v1\/services\/aigc\/video-generation\/video-synthesis$/,
        reply: create,
      },
      {
        operation: 'query',
        method: 'GET',
        path: /^\/v1\/tasks\/([\w-]+)$/,
        reply: (_, match) => query(match[1] ?? ''),
      },
    ],
  })) as ApiyiServer
  server.asked = new Map()
  return server
}
