import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  boolean,
  callbackUrl,
  isRecord,
  judgeMembers,
  oneOf,
  ratio,
  text,
  urls,
  whole,
} from './strict-body'
import { jsonOf, type Reply, type StrictServer, startStrictServer } from './strict-server'

/* aivideoapi.ai according to its documents (docs/providers/aivideoapi.md). Written from the documents alone, never from our client. */

export type AiVideoApiOperation = 'create' | 'query' | 'credits'
export type AiVideoApiServer = StrictServer<AiVideoApiOperation> & {
  balance: number
  /** Whether queries answer in the envelope of the other calls. */
  wraps: boolean
}

export interface AiVideoApiServerOptions {
  words?: readonly string[]
  result?: Buffer
}

const model = 'wan-2.7-video-edit'

const types: Record<string, string> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'upstream_error',
}

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: { error: { code, message, type: types[status] ?? 'invalid_request_error' } },
})

const inputRules = {
  video_urls: urls(1, 1),
  prompt: text,
  negative_prompt: text,
  image_urls: urls(1, 1),
  aspect_ratio: ratio,
  resolution: oneOf('720p', '1080p'),
  audio_setting: oneOf('auto', 'origin'),
  duration: whole(2, 10, 0),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
}

/** Starts a strict aivideoapi.ai. */
export const startAiVideoApiServer = async (
  options: AiVideoApiServerOptions = {},
): Promise<AiVideoApiServer> => {
  const judge = (request: IncomingMessage, body: unknown): string | null => {
    if (!/^application\/json\b/.test(String(request.headers['content-type']))) {
      return 'Content-Type must be application/json'
    }
    const rules = { model: text, input: () => null, callback_url: callbackUrl }
    return (
      judgeMembers(body, rules, ['model', 'input']) ??
      // The ratio is optional by the document, but without it every result becomes 16:9.
      judgeMembers(
        isRecord(body) ? body['input'] : null,
        inputRules,
        ['video_urls', 'aspect_ratio'],
        'input',
      )
    )
  }

  const create = async (request: IncomingMessage): Promise<Reply> => {
    const body = await jsonOf(request)
    server.bodies.push(body)
    const wrong = judge(request, body)
    if (wrong || !isRecord(body)) {
      return server.violation(refused(400, 'invalid_request', `${wrong}`), `create: ${wrong}`)
    }
    if (body['model'] !== model) {
      const refusal = refused(404, 'model_not_found', 'Model does not exist or is inactive')
      return server.violation(refusal, `create: model ${body['model']}`)
    }
    const task = server.addTask()
    task.body = body
    return { status: 200, json: { code: 200, msg: 'success', data: { taskId: task.id } } }
  }

  const query = (id: string): Reply => {
    const status = server.wordOf(id)
    if (status === null) return refused(404, 'task_not_found', 'Task ID does not exist')
    const answer: Record<string, unknown> = {
      id,
      status,
      model,
      created_at: 1_790_000_000,
      progress: null,
    }
    if (status === 'completed') {
      answer['completed_at'] = 1_790_000_120
      answer['output'] = { urls: [server.resultUrlOf(id)], metadata: {} }
    }
    if (status === 'failed') answer['error'] = { code: 'internal_error', message: 'it failed' }
    return {
      status: 200,
      json: server.wraps ? { code: 200, msg: 'success', data: answer } : answer,
    }
  }

  const credits = (): Reply => {
    const data = { balance: server.balance, total_purchased: 2000, total_consumed: 1000 }
    return { status: 200, json: { code: 200, msg: 'success', data } }
  }

  const server = (await startStrictServer<AiVideoApiOperation>({
    key: 'sk-aivideo-test',
    words: options.words ?? ['pending', 'processing', 'completed'],
    result: options.result,
    refused,
    unauthorized: { code: 'invalid_api_key', message: 'API key is invalid, disabled, or deleted' },
    newId: randomUUID,
    endpoints: () => [
      { operation: 'create', method: 'POST', path: /^\/v1\/videos\/generations$/, reply: create },
      {
        operation: 'query',
        method: 'GET',
        path: /^\/v1\/tasks\/([\w-]+)$/,
        reply: (_, match) => query(match[1] ?? ''),
      },
      {
        operation: 'credits',
        method: 'GET',
        path: /^\/v1\/credits$/,
        reply: () => credits(),
      },
    ],
  })) as AiVideoApiServer
  server.balance = 1000
  server.wraps = false
  return server
}
