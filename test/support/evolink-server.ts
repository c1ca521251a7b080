import { createHash, randomBytes } from 'node:crypto'
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
import { formOf, jsonOf, type Reply, type StrictServer, startStrictServer } from './strict-server'

/* EvoLink according to its documents (docs/providers/evolink.md). Written from the documents alone, never from our client. */

export type EvoLinkOperation = 'create' | 'query' | 'list' | 'credits' | 'upload'

export interface StoredFile {
  name: string
  contentType: string | null
  bytes: number
  sha256: string
  url: string
}

export interface EvoLinkServer extends StrictServer<EvoLinkOperation> {
  files: StoredFile[]
  /** Whether the Files API stores clips and sound: its documents say no, its own tools say yes. */
  storesVideo: boolean
  credits: { user: number; token: number; unlimited: boolean }
  /** Credits that a finished task says it used; null leaves them out. */
  used: number | null
}

export interface EvoLinkServerOptions {
  words?: readonly string[]
  result?: Buffer
  storesVideo?: boolean
  /** Milliseconds since the epoch. */
  now?: () => number
}

const model = 'wan2.7-video-edit'

const shared = {
  model: text,
  prompt: text,
  negative_prompt: text,
  quality: oneOf('720p', '1080p'),
  seed: whole(1, 2_147_483_647),
  prompt_extend: boolean,
  callback_url: callbackUrl,
}

type Body = Record<string, unknown>

/** What the documents say of one model: its fields, and what they must be together. */
interface ModelRules {
  rules: Readonly<Record<string, MemberRule>>
  requires: readonly string[]
  together?: (body: Body) => string | null
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** The fields that each way of the image mode needs, besides those that it may have. */
const generationModes: Record<string, { needs: string[]; may: string[] }> = {
  first_frame: { needs: ['image_start'], may: ['audio_urls'] },
  first_last_frame: { needs: ['image_start', 'image_end'], may: ['audio_urls'] },
  video_continuation: { needs: ['video_urls'], may: [] },
}

const judgeImageMode = (body: Body): string | null => {
  const way = generationModes[String(body['generation_mode'])]
  if (!way) return 'generation_mode is unknown'
  for (const name of ['image_start', 'image_end', 'video_urls', 'audio_urls']) {
    const given = body[name] !== undefined
    if (way.needs.includes(name) && !given) return `${name} is required in this generation_mode`
    if (given && ![...way.needs, ...way.may].includes(name))
      return `${name} does not belong to this generation_mode`
  }
  return null
}

const judgeReferences = (body: Body): string | null => {
  const images = lengthOf(body['image_urls'])
  const videos = lengthOf(body['video_urls'])
  if (images + videos < 1 || images + videos > 5)
    return 'image_urls and video_urls need 1 to 5 together'
  if (videos > 0 && Number(body['duration'] ?? 5) > 10)
    return 'duration is at most 10 with a reference video'
  const bindings = isRecord(body['model_params']) ? body['model_params']['voice_bindings'] : {}
  for (const name of Object.keys(isRecord(bindings) ? bindings : {})) {
    const [, kind, number] = /^(image|video)([1-5])$/.exec(name) ?? []
    if (!kind || Number(number) > (kind === 'image' ? images : videos))
      return `voice_bindings names ${name}, which is not there`
  }
  return null
}

const voiceBindings: MemberRule = (value, name) => {
  const wrong = judgeMembers(value, { voice_bindings: () => null }, ['voice_bindings'], name)
  if (wrong || !isRecord(value)) return wrong
  const bindings = value['voice_bindings']
  if (!isRecord(bindings)) return `${name}.voice_bindings must be an object`
  const bad = Object.entries(bindings).find(([key, address]) => url(address, key) !== null)
  return bad ? `${name}.voice_bindings.${bad[0]} is no URL` : null
}

/** Every model of Wan 2.7, as its page describes it. */
const models: Readonly<Record<string, ModelRules>> = {
  [model]: {
    rules: {
      ...shared,
      video_urls: urls(1, 1),
      image_urls: urls(0, 4),
      keep_original_sound: boolean,
      aspect_ratio: ratio,
      duration: whole(2, 10, 0),
    },
    requires: ['video_urls'],
  },
  'wan2.7-text-to-video': {
    rules: {
      ...shared,
      prompt: words,
      audio_urls: urls(1, 1),
      aspect_ratio: ratio,
      duration: whole(2, 15),
    },
    requires: ['prompt'],
  },
  'wan2.7-image-to-video': {
    rules: {
      ...shared,
      generation_mode: text,
      image_start: url,
      image_end: url,
      video_urls: urls(1, 1),
      audio_urls: urls(1, 1),
      duration: whole(2, 15),
    },
    requires: ['generation_mode'],
    together: judgeImageMode,
  },
  'wan2.7-reference-video': {
    rules: {
      ...shared,
      prompt: words,
      image_start: url,
      image_urls: urls(1, 5),
      video_urls: urls(1, 5),
      audio_urls: urls(1, 5),
      model_params: voiceBindings,
      aspect_ratio: ratio,
      duration: whole(2, 15),
    },
    requires: ['prompt'],
    together: judgeReferences,
  },
}

/** Why the service refuses a body; null when it accepts it. */
const judgeBody = (body: unknown): string | null => {
  if (!isRecord(body)) return 'the body must be an object'
  const offered = models[String(body['model'])]
  if (!offered) return `model is invalid: ${JSON.stringify(body['model'])}`
  return (
    judgeMembers(body, offered.rules, ['model', ...offered.requires]) ??
    offered.together?.(body) ??
    null
  )
}

const types: Record<string, string> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  429: 'rate_limit_error',
}

const refused = (status: number, code: string, message: string): Reply => ({
  status,
  json: { error: { code, message, type: types[status] ?? 'invalid_request_error' } },
})

const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']

/** The file of an upload, or what is wrong with the form. */
const takeFile = async (request: IncomingMessage): Promise<Omit<StoredFile, 'url'> | string> => {
  const form = await formOf(request)
  if (form === null) return 'the body is not multipart/form-data'
  const known = ['file', 'upload_path', 'file_name', 'uploadPath', 'fileName']
  const unknown = form.find(([name]) => !known.includes(name))
  if (unknown) return `unknown field ${unknown[0]}`
  const [file, ...more] = form.flatMap(([name, value]) => (name === 'file' ? [value] : []))
  if (more.length > 0) return 'one file per request'
  if (file === undefined) return "'file' is required"
  if (typeof file === 'string') return 'the file has no name'
  const sha256 = createHash('sha256')
    .update(Buffer.from(await file.arrayBuffer()))
    .digest('hex')
  return { name: file.name, contentType: file.type || null, bytes: file.size, sha256 }
}

/** Starts a strict EvoLink; its Files API is on an origin of its own. */
export const startEvoLinkServer = async (
  options: EvoLinkServerOptions = {},
): Promise<EvoLinkServer> => {
  const files: StoredFile[] = []
  const create = async (request: IncomingMessage): Promise<Reply> => {
    const isJson = /^application\/json\b/.test(String(request.headers['content-type']))
    const body = await jsonOf(request)
    server.bodies.push(body)
    const wrong = isJson ? judgeBody(body) : 'Content-Type must be application/json'
    if (wrong || !isRecord(body)) {
      return server.violation(refused(400, 'invalid_request', `${wrong}`), `create: ${wrong}`)
    }
    const task = server.addTask()
    task.body = body
    return {
      status: 200,
      json: { ...taskOf(task.id, 'pending'), usage: { credits_reserved: 58.5 } },
    }
  }

  const modelOf = (task?: { body: Body }) => String(task?.body['model'] ?? model)

  const taskOf = (id: string, status: string): Record<string, unknown> => ({
    created: 1_790_000_000,
    id,
    model: modelOf(server.tasks.get(id)),
    object: 'video.generation.task',
    progress: status === 'completed' ? 100 : status === 'processing' ? 40 : 0,
    status,
    task_info: { can_cancel: status === 'pending' },
    type: 'video',
  })

  const query = (id: string): Reply => {
    const status = server.wordOf(id)
    if (status === null) return refused(404, 'task_not_found', 'The task does not exist')
    const answer = taskOf(id, status)
    if (status === 'completed') {
      answer['results'] = [server.resultUrlOf(id)]
      if (server.used !== null) answer['usage'] = { credits_used: server.used }
    }
    if (status === 'failed') {
      answer['error'] = { code: 'service_error', message: 'it failed', type: 'task_error' }
    }
    return { status: 200, json: answer }
  }

  const list = (search: URLSearchParams): Reply => {
    const page = Number(search.get('page') ?? 1)
    const size = Number(search.get('page_size') ?? 20)
    for (const name of search.keys()) {
      if (!['status', 'type', 'model', 'page', 'page_size'].includes(name)) {
        server.violations.push(`list: unknown parameter ${name}`)
      }
    }
    const name = search.get('model')
    const tasks = [...server.tasks.values()]
      .filter((task) => name === null || name === modelOf(task))
      .reverse()
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      id: task.id,
      model: modelOf(task),
      type: 'video',
      status: task.words[0],
      progress: 0,
      created_at: Math.floor(task.createdAt / 1000),
      has_results: false,
    }))
    return { status: 200, json: { data, total: tasks.length, page, page_size: size } }
  }

  const credits = (): Reply => {
    const { user, token, unlimited } = server.credits
    const data = {
      user: { remaining_credits: user, used_credits: 30 },
      token: { remaining_credits: token, used_credits: 10, unlimited_credits: unlimited },
    }
    return { status: 200, json: { success: true, message: '', data } }
  }

  const upload = async (
    request: IncomingMessage,
    core: StrictServer<EvoLinkOperation>,
  ): Promise<Reply> => {
    const file = await takeFile(request)
    const fail = (msg: string): Reply => ({ status: 400, json: { success: false, code: 400, msg } })
    if (typeof file === 'string') return core.violation(fail(file), `upload: ${file}`)
    const isMedia = /^(video\/(mp4|quicktime)|audio\/(mpeg|wav))$/.test(file.contentType ?? '')
    if (isMedia && !server.storesVideo) return fail('Unsupported file type')
    if (!isMedia && !imageTypes.includes(file.contentType ?? '')) {
      return core.violation(fail('Unsupported file type'), `upload: ${file.contentType}`)
    }
    const url = `${server.filesUrl}/f/${files.length + 1}/${file.name}`
    files.push({ ...file, url })
    const data = {
      file_id: `f${files.length}`,
      file_name: file.name,
      original_name: file.name,
      file_size: file.bytes,
      mime_type: file.contentType,
      upload_path: 'reshoot',
      file_url: url,
      download_url: `${url}?dl=1`,
      upload_time: '2026-11-20T10:00:00Z',
      expires_at: '2026-11-23T10:00:00Z',
    }
    return { status: 200, json: { success: true, code: 200, msg: 'ok', data } }
  }

  const server = (await startStrictServer<EvoLinkOperation>({
    key: 'ev-strict-test',
    words: options.words ?? ['pending', 'processing', 'completed'],
    result: options.result,
    ...(options.now ? { now: options.now } : {}),
    refused,
    unauthorized: { code: 'unauthorized', message: 'Invalid or expired token' },
    newId: () => `task-unified-1790000000-${randomBytes(4).toString('hex')}`,
    endpoints: (core) => [
      { operation: 'create', method: 'POST', path: /^\/v1\/videos\/generations$/, reply: create },
      {
        operation: 'query',
        method: 'GET',
        path: /^\/v1\/tasks\/([\w-]+)$/,
        reply: (_, match) => query(match[1] ?? ''),
      },
      {
        operation: 'list',
        method: 'GET',
        path: /^\/v1\/tasks$/,
        reply: (_, __, s) => list(s),
      },
      {
        operation: 'credits',
        method: 'GET',
        path: /^\/v1\/credits$/,
        reply: () => credits(),
      },
      {
        operation: 'upload',
        method: 'POST',
        path: /^\/api\/v1\/files\/upload\/stream$/,
        origin: 'files',
        reply: (request) => upload(request, core),
      },
    ],
  })) as EvoLinkServer
  server.files = files
  server.storesVideo = options.storesVideo ?? true
  server.credits = { user: 120.5, token: 100, unlimited: false }
  server.used = null
  return server
}
