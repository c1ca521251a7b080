import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  boolean,
  callbackUrl,
  isRecord,
  judgeMembers,
  type MemberRule,
  oneOf,
  ratio,
  text,
  url,
  urls,
  whole,
  words,
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

const shared = {
  prompt: text,
  negative_prompt: text,
  resolution: oneOf('720p', '1080p'),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
}

/** What the document says of one model. Of lists whose first item alone is used, a second is a mistake. */
interface ModelRules {
  rules: Readonly<Record<string, MemberRule>>
  requires: readonly string[]
  together?: (input: Record<string, unknown>) => string | null
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** Every model of Wan 2.7, as the page describes it. */
const models: Readonly<Record<string, ModelRules>> = {
  [model]: {
    rules: {
      ...shared,
      video_urls: urls(1, 1),
      image_urls: urls(1, 1),
      aspect_ratio: ratio,
      audio_setting: oneOf('auto', 'origin'),
      duration: whole(2, 10, 0),
    },
    // The ratio is optional by the document, but without it every result becomes 16:9.
    requires: ['video_urls', 'aspect_ratio'],
  },
  'wan-2.7-text-to-video': {
    rules: {
      ...shared,
      prompt: words,
      aspect_ratio: ratio,
      duration: whole(2, 15),
      audio_urls: urls(1, 1),
    },
    requires: ['prompt'],
  },
  'wan-2.7-image-to-video': {
    rules: {
      ...shared,
      prompt: words,
      image_urls: urls(1, 2),
      first_clip_url: url,
      audio_urls: urls(1, 1),
      duration: whole(2, 15),
    },
    requires: ['prompt', 'image_urls'],
  },
  'wan-2.7-reference-to-video': {
    rules: {
      ...shared,
      prompt: words,
      image_urls: urls(1, 5),
      video_urls: urls(1, 5),
      first_frame_url: url,
      audio_urls: urls(1, 1),
      aspect_ratio: ratio,
      duration: whole(2, 10),
    },
    requires: ['prompt'],
    together: (input) => {
      const references = lengthOf(input['image_urls']) + lengthOf(input['video_urls'])
      return references >= 1 && references <= 5
        ? null
        : 'image_urls and video_urls need 1 to 5 together'
    },
  },
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
    const wrong = judgeMembers(body, rules, ['model', 'input'])
    if (wrong || !isRecord(body)) return wrong
    const { input } = body
    const offered = models[String(body['model'])]
    if (!offered) return null // refused with another code
    const wrongInput = judgeMembers(input, offered.rules, offered.requires, 'input')
    return wrongInput ?? (isRecord(input) ? (offered.together?.(input) ?? null) : null)
  }

  const create = async (request: IncomingMessage): Promise<Reply> => {
    const body = await jsonOf(request)
    server.bodies.push(body)
    const wrong = judge(request, body)
    if (wrong || !isRecord(body)) {
      return server.violation(refused(400, 'invalid_request', `${wrong}`), `create: ${wrong}`)
    }
    if (!Object.hasOwn(models, String(body['model']))) {
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
      model: server.tasks.get(id)?.body['model'] ?? model,
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
