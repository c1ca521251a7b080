import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  boolean,
  isRecord,
  judgeMembers,
  type MemberRule,
  oneOf,
  ratio,
  text,
  whole,
  words,
} from './strict-body'
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

const shared = {
  resolution: oneOf('720P', '1080P'),
  prompt_extend: boolean,
  watermark: boolean,
  seed: whole(0, 2_147_483_647),
}

type Count = (type: string) => number

/** What the documents say of one model. */
interface ModelRules {
  needsPrompt: boolean
  /** Types of `media` items; without any there is no `media`. */
  types: readonly string[]
  set: (count: Count) => string | null
  parameters: Readonly<Record<string, MemberRule>>
}

/** Every model of Wan 2.7 that APIYI names, as its tables describe it. */
const models: Readonly<Record<string, ModelRules>> = {
  [model]: {
    needsPrompt: false,
    types: ['video', 'reference_image'],
    set: (count) => {
      if (count('video') !== 1) return 'missing video'
      if (count('reference_image') < 1) return 'missing reference_image'
      return count('reference_image') > 5 ? 'at most 5 reference_image' : null
    },
    parameters: { ...shared, duration: whole(2, 10), ratio, audio_setting: oneOf('origin') },
  },
  'wan2.7-t2v': {
    needsPrompt: true,
    types: [],
    set: () => null,
    parameters: { ...shared, duration: whole(2, 15), ratio },
  },
  'wan2.7-i2v': {
    needsPrompt: false,
    types: ['first_frame', 'driving_audio'],
    set: (count) => {
      if (count('first_frame') !== 1) return 'missing first_frame'
      return count('driving_audio') > 1 ? 'at most one driving_audio' : null
    },
    parameters: { ...shared, duration: whole(2, 15) },
  },
  'wan2.7-r2v': {
    needsPrompt: true,
    types: ['reference_image', 'reference_video', 'first_frame'],
    set: (count) => {
      const references = count('reference_image') + count('reference_video')
      if (references < 1) return 'missing reference_image'
      if (count('first_frame') > 1) return 'at most one first_frame'
      return references > 5 ? 'at most 5 references' : null
    },
    parameters: { ...shared, duration: whole(2, 15), ratio },
  },
}

const imageTypes = ['reference_image', 'first_frame']

const judgeAddress = (type: string, address: unknown): string | null => {
  const isData = /^data:image\/(jpeg|png|bmp|webp);base64,/.test(String(address))
  const isPlain = /^https?:\/\/[!-~]+$/.test(String(address))
  return isPlain || (isData && imageTypes.includes(type))
    ? null
    : `[InvalidParameter] url error, please check url! ${String(address).slice(0, 40)}`
}

const judgeMedia = (media: unknown, { types, set }: ModelRules): string | null => {
  if (types.length === 0) return media === undefined ? null : 'this model takes no input.media'
  if (!Array.isArray(media)) return '[InvalidParameter] Field required: input.media'
  for (const item of media) {
    const isReference = isRecord(item) && String(item['type']).startsWith('reference_')
    const voice = isReference && !types.includes('video') ? { reference_voice: text } : {}
    const rules = { type: oneOf(...types), url: text, ...voice }
    const wrong =
      judgeMembers(item, rules, ['type', 'url'], 'input.media[]') ??
      judgeAddress(item.type, item.url) ??
      (item.reference_voice === undefined ? null : judgeAddress('voice', item.reference_voice))
    if (wrong) return wrong
  }
  return set((type) => media.filter((item) => item.type === type).length)
}

const judgeCreate = (request: IncomingMessage, body: unknown): string | null => {
  if (request.headers['x-dashscope-async'] !== 'enable') return 'X-DashScope-Async must be enable'
  if (!/^application\/json\b/.test(String(request.headers['content-type']))) {
    return 'Content-Type must be application/json'
  }
  const anything = () => null
  const wrong = judgeMembers(body, { model: text, input: anything, parameters: anything }, [
    'model',
    'input',
  ])
  if (wrong || !isRecord(body)) return wrong
  const rules = models[String(body['model'])]
  if (!rules) return `model is invalid: ${JSON.stringify(body['model'])}`
  const { input, parameters = {} } = body
  const prompt = rules.needsPrompt ? { prompt: words } : { prompt: text }
  const wrongInput = judgeMembers(
    input,
    { ...prompt, negative_prompt: text, media: anything },
    rules.needsPrompt ? ['prompt'] : [],
    'input',
  )
  if (wrongInput || !isRecord(input)) return wrongInput
  const media = input['media']
  const hasVideo =
    Array.isArray(media) &&
    media.some((item) => isRecord(item) && item['type'] === 'reference_video')
  const isLong =
    hasVideo && isRecord(parameters) && Number(parameters['duration'] ?? 5) > 10
      ? 'duration is at most 10 with a reference_video'
      : null
  return (
    judgeMedia(media, rules) ??
    judgeMembers(parameters, rules.parameters, [], 'parameters') ??
    isLong
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
