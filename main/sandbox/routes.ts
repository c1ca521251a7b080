import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Facts } from '../../preload/contract'
import { checkFile } from '../preflight'
import { sendClip, taskOutput, xmlError } from './answers'
import {
  type CreateRequest,
  isSandboxModel,
  type Refusal,
  readCreate,
  refusal,
  refuseDuration,
  refuseMedia,
} from './create-request'
import { directivesOf } from './directives'
import { type ObjectStore, sameSecret, sign } from './object-store'
import { type TaskStore, taskLife } from './task-store'
import { resultPath } from './task-worker'

interface RouteOptions {
  url: string
  token: string
  /** Signs result links; shared by every process on the folder. */
  secret: string
  store: TaskStore
  objects: ObjectStore
  results: string
  inspect: (path: string) => Promise<Facts>
  now: () => number
  onTask: () => void
  onProblem: (error: unknown) => void
}

type Reply =
  | { json: Record<string, unknown> }
  | Refusal
  | { xml: string; status: number }
  /** Closes the connection without an answer. */
  | 'lost'
  /** The route has sent the answer itself. */
  | 'answered'

const bodyBytes = 1024 * 1024
const refusedBeforeAccepted = 2

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bodyBytes) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** All answers of the Sandbox; any other request gets 401 or 404. */
export const createRoutes = (options: RouteOptions) => {
  const { store, objects, now } = options
  /** How often `[rate-limit]` has refused each prompt since the Sandbox started. */
  const refusals = new Map<string, number>()

  const checkMedia = async (request: CreateRequest): Promise<Refusal | null> => {
    for (const { path, ...file } of await objects.filesOf(request)) {
      if (path === null) {
        const message = /^https?:/.test(file.url)
          ? 'The Sandbox fetches nothing from the network: upload the file.'
          : 'url error, please check url!'
        return refusal(400, 'InvalidParameter', message)
      }
      const facts = await options.inspect(path)
      const report = checkFile(facts, path, { role: file.role })
      const refused = refuseMedia(file, facts, report) ?? refuseDuration(request, file, facts)
      if (refused) return refused
    }
    return null
  }

  /** The refusal that the prompt's directives demand; null for none. */
  const refusalOnDemand = (prompt: string): Refusal | null => {
    const wanted = directivesOf(prompt)
    if (wanted.has('invalid')) return refusal(400, 'InvalidParameter', 'asked for by [invalid]')
    if (wanted.has('arrearage')) {
      const message = 'Access denied, please make sure your account is in good standing.'
      return refusal(400, 'Arrearage', message)
    }
    const before = refusals.get(prompt) ?? 0
    if (!wanted.has('rate-limit') || before >= refusedBeforeAccepted) return null
    if (refusals.size > 1000) refusals.clear()
    refusals.set(prompt, before + 1)
    const message = 'Requests rate limit exceeded, please try again later.'
    return refusal(429, 'Throttling.RateQuota', message)
  }

  const create = async (request: IncomingMessage): Promise<Reply> => {
    const edit = readCreate(await readJson(request), request.headers)
    if ('code' in edit) return edit
    const refused = refusalOnDemand(edit.input.prompt) ?? (await checkMedia(edit))
    if (refused) return refused
    const task = {
      id: randomUUID(),
      requestId: randomUUID(),
      request: edit,
      seed: edit.parameters.seed ?? randomBytes(4).readUInt32BE() % 2_147_483_648,
      createdAt: now(),
    }
    store.add(task)
    options.onTask()
    if (directivesOf(edit.input.prompt).has('lost')) return 'lost'
    return {
      json: { request_id: task.requestId, output: { task_id: task.id, task_status: 'PENDING' } },
    }
  }

  const query = (id: string): Reply => {
    const task = store.get(id)
    const alive = task && now() - task.createdAt < taskLife ? task : null
    const expires = Math.floor(((task?.endedAt ?? now()) + taskLife) / 1000)
    const signature = sign(options.secret, `${id}\n${expires}`)
    const link = `${options.url}/results/${id}.mp4?Expires=${expires}&Signature=${signature}`
    return { json: { request_id: randomUUID(), ...taskOutput(id, alive, link) } }
  }

  const list = (search: URLSearchParams): Reply => {
    const size = Number(search.get('page_size') ?? 10)
    const page = Number(search.get('page_no') ?? 1)
    const whole = Number.isInteger(size) && Number.isInteger(page)
    if (!whole || size < 1 || size > 100 || page < 1) {
      return refusal(400, 'InvalidParameter', 'page_no or page_size is invalid')
    }
    const wanted = (name: string, value: string) => (search.get(name) || value) === value
    const tasks = store
      .since(now() - taskLife)
      .filter((task) => wanted('model_name', task.request.model) && wanted('status', task.status))
      .filter((task) => wanted('task_id', task.id))
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      task_id: task.id,
      model_name: task.request.model,
      status: task.status,
      region: 'sandbox',
      gmt_create: task.createdAt,
      start_time: task.startedAt,
      end_time: task.endedAt,
      request_id: task.requestId,
    }))
    const pages = { total: tasks.length, total_page: Math.max(1, Math.ceil(tasks.length / size)) }
    return { json: { request_id: randomUUID(), data, page_no: page, page_size: size, ...pages } }
  }

  const cancel = (id: string): Reply => {
    if (store.cancel(id, now())) return { json: { request_id: randomUUID() } }
    const message = 'Failed to cancel the task, please confirm if the task is in PENDING status.'
    return refusal(400, 'UnsupportedOperation', message)
  }

  const result = async (
    id: string,
    search: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Reply> => {
    const expires = search.get('Expires') ?? ''
    const signature = sign(options.secret, `${id}\n${expires}`)
    const denied = (code: string, message: string, status = 403) => ({
      xml: xmlError(code, message),
      status,
    })
    if (request.headers.authorization || !sameSecret(search.get('Signature') ?? '', signature)) {
      return denied('SignatureDoesNotMatch', 'The request signature does not match.')
    }
    const task = store.get(id)
    const expiresOnDemand = task !== null && directivesOf(task.request.input.prompt).has('expired')
    if (expiresOnDemand) store.expire(id)
    if (expiresOnDemand || now() > Number(expires) * 1000)
      return denied('AccessDenied', 'Request has expired.')
    if (task?.status !== 'SUCCEEDED')
      return denied('NoSuchKey', 'The specified key does not exist.', 404)
    await sendClip(resultPath(options.results, id), request, response)
    return 'answered'
  }

  const upload = async (request: IncomingMessage): Promise<Reply> => {
    const refused = await objects.receive(request)
    return refused
      ? { xml: xmlError(refused.code, refused.message), status: refused.status }
      : { xml: '', status: 200 }
  }

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<Reply> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', options.url)
    const asked = `${request.method} ${pathname}`
    if (asked === 'POST /storage/') return upload(request)
    const file = /^GET \/results\/([0-9a-f-]{36})\.mp4$/.exec(asked)
    if (file?.[1]) return result(file[1], searchParams, request, response)
    if (!pathname.startsWith('/api/v1/')) return { xml: '', status: 404 }
    if (!sameSecret(request.headers.authorization ?? '', `Bearer ${options.token}`))
      return refusal(401, 'InvalidApiKey', 'Invalid API-key provided.')
    if (asked === 'GET /api/v1/uploads') {
      const model = searchParams.get('model') ?? ''
      const known = searchParams.get('action') === 'getPolicy' && isSandboxModel(model)
      if (!known) return refusal(400, 'InvalidParameter', 'action or model is invalid')
      const data = objects.policy(model, `${options.url}/storage/`)
      return { json: { request_id: randomUUID(), data } }
    }
    if (asked === 'POST /api/v1/services/aigc/video-generation/video-synthesis') {
      return create(request)
    }
    if (asked === 'GET /api/v1/tasks/') return list(searchParams)
    const task = /^(GET|POST) \/api\/v1\/tasks\/([\w-]{1,64})(\/cancel)?$/.exec(asked)
    if (task?.[1] === 'GET' && task[2] && !task[3]) return query(task[2])
    if (task?.[1] === 'POST' && task[2] && task[3]) return cancel(task[2])
    return refusal(404, 'NotFound', 'There is nothing at this address.')
  }

  const answer = (reply: Reply, request: IncomingMessage, response: ServerResponse): void => {
    if (reply === 'answered') return
    if (reply === 'lost') {
      request.socket.destroy()
      return
    }
    // Close the connection rather than read the rest of the request.
    if (!request.complete) response.setHeader('connection', 'close')
    if ('xml' in reply) {
      response.writeHead(reply.status, { 'content-type': 'application/xml' })
      response.end(reply.xml)
      return
    }
    const isRefusal = 'code' in reply
    const json = isRefusal
      ? { request_id: randomUUID(), code: reply.code, message: reply.message }
      : reply.json
    const body = Buffer.from(JSON.stringify(json))
    response.writeHead(isRefusal ? reply.status : 200, {
      'content-type': 'application/json',
      'content-length': body.length,
    })
    response.end(body)
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => undefined)
    route(request, response)
      .then((reply) => answer(reply, request, response))
      .catch((error) => {
        // A client that disconnects is no problem of the Sandbox.
        if (!request.destroyed && !response.destroyed) options.onProblem(error)
        const failed = refusal(500, 'InternalError', 'The Sandbox failed.')
        if (response.headersSent) response.destroy()
        else answer(failed, request, response)
      })
  }
}
