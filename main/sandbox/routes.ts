import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Facts } from '../../preload/contract'
import { checkFile } from '../preflight'
import {
  type CreateRequest,
  type Refusal,
  readCreate,
  refusal,
  sandboxModel,
} from './create-request'
import { directivesOf } from './directives'
import { sendFile } from './file-ranges'
import { refuseMedia } from './media-check'
import type { ObjectStore } from './object-store'
import { sameSecret, sign } from './signing'
import { taskOutput, xmlError } from './task-answers'
import type { MediaFiles } from './task-media'
import type { TaskStore } from './task-store'
import { resultPath } from './task-worker'

export interface RouteOptions {
  url: string
  token: string
  /** Signs result links, so that every process on the folder honours them. */
  secret: string
  store: TaskStore
  objects: ObjectStore
  media: MediaFiles
  results: string
  inspect: (path: string) => Promise<Facts>
  random: (bytes: number) => Buffer
  now: () => number
  onTask: () => void
  onProblem: (error: unknown) => void
}

type Reply =
  | { json: Record<string, unknown>; status?: number }
  | { refusal: Refusal }
  | { xml: string; status: number }
  /** The connection is cut without an answer. */
  | 'lost'
  /** The route has answered by itself. */
  | 'answered'

const bodyBytes = 32 * 1024 * 1024
const taskLife = 24 * 3_600_000
const refusedBeforeAccepted = 2

async function readJson(request: IncomingMessage): Promise<unknown> {
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

const uuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Everything the Sandbox answers; whatever else is asked of its port gets 404 or 401 and nothing more. */
export function createRoutes(options: RouteOptions) {
  const { store, objects, media, now } = options
  const newId = () => uuid(options.random(16))
  /** Creates of a prompt that were refused on demand, for as long as this Sandbox runs. */
  const refusals = new Map<string, number>()

  const isAllowed = (request: IncomingMessage): boolean =>
    sameSecret(request.headers.authorization ?? '', `Bearer ${options.token}`)

  async function checkMedia(request: CreateRequest): Promise<Refusal | null> {
    const paths = await media.paths(request)
    const video = request.input.media.findIndex(({ type }) => type === 'video')
    for (const [index, path] of paths.entries()) {
      const type = index === 0 ? 'video' : 'reference_image'
      if (path === null) {
        const url = request.input.media[video]?.url ?? ''
        const message = /^https?:/.test(url)
          ? 'The Sandbox fetches nothing from the network: upload the file.'
          : 'url error, please check url!'
        return refusal(400, 'InvalidParameter', message)
      }
      const facts = await options.inspect(path)
      const refused = refuseMedia(type, facts, checkFile(facts, path))
      if (refused) return refused
    }
    return null
  }

  /** Refusals that the prompt asks for. */
  function wantedRefusal(prompt: string): Refusal | null {
    const wanted = directivesOf(prompt)
    if (wanted.has('invalid')) return refusal(400, 'InvalidParameter', 'asked for by [invalid]')
    if (wanted.has('arrearage')) {
      return refusal(
        400,
        'Arrearage',
        'Access denied, please make sure your account is in good standing.',
      )
    }
    const before = refusals.get(prompt) ?? 0
    if (!wanted.has('rate-limit') || before >= refusedBeforeAccepted) return null
    if (refusals.size > 1000) refusals.clear()
    refusals.set(prompt, before + 1)
    return refusal(
      429,
      'Throttling.RateQuota',
      'Requests rate limit exceeded, please try again later.',
    )
  }

  async function create(request: IncomingMessage): Promise<Reply> {
    const read = readCreate(await readJson(request), request.headers)
    if ('code' in read) return { refusal: read }
    const edit = await media.outsource(read)
    const refused = wantedRefusal(edit.input.prompt) ?? (await checkMedia(edit))
    if (refused) return { refusal: refused }
    const task = {
      id: newId(),
      requestId: newId(),
      request: edit,
      seed: edit.parameters.seed ?? options.random(4).readUInt32BE() % 2_147_483_648,
      createdAt: now(),
    }
    store.add(task)
    options.onTask()
    if (directivesOf(edit.input.prompt).has('lost')) return 'lost'
    return {
      json: { request_id: task.requestId, output: { task_id: task.id, task_status: 'PENDING' } },
    }
  }

  function query(id: string): Reply {
    const task = store.get(id)
    const alive = task && now() - task.createdAt < taskLife ? task : null
    const expires = Math.floor(((task?.endedAt ?? now()) + taskLife) / 1000)
    const signature = sign(options.secret, `${id}\n${expires}`)
    const link = `${options.url}/results/${id}.mp4?Expires=${expires}&Signature=${signature}`
    return { json: { request_id: newId(), ...taskOutput(id, alive, link) } }
  }

  function list(search: URLSearchParams): Reply {
    const size = Number(search.get('page_size') ?? 10)
    const page = Number(search.get('page_no') ?? 1)
    const whole = Number.isInteger(size) && Number.isInteger(page)
    if (!whole || size < 1 || size > 100 || page < 1) {
      return { refusal: refusal(400, 'InvalidParameter', 'page_no or page_size is invalid') }
    }
    const wanted = (name: string, value: string) => (search.get(name) || value) === value
    const tasks = store
      .since(now() - taskLife)
      .filter((task) => wanted('model_name', sandboxModel) && wanted('status', task.status))
      .filter((task) => wanted('task_id', task.id))
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      task_id: task.id,
      model_name: sandboxModel,
      status: task.status,
      region: 'sandbox',
      gmt_create: task.createdAt,
      start_time: task.startedAt,
      end_time: task.endedAt,
      request_id: task.requestId,
    }))
    const pages = { total: tasks.length, total_page: Math.max(1, Math.ceil(tasks.length / size)) }
    return { json: { request_id: newId(), data, page_no: page, page_size: size, ...pages } }
  }

  function cancel(id: string): Reply {
    if (store.cancel(id, now())) return { json: { request_id: newId() } }
    const message = 'Failed to cancel the task, please confirm if the task is in PENDING status.'
    return { refusal: refusal(400, 'UnsupportedOperation', message) }
  }

  async function result(
    id: string,
    search: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Reply> {
    const expires = search.get('Expires') ?? ''
    const signature = sign(options.secret, `${id}\n${expires}`)
    const denied = (code: string, message: string) => ({
      xml: xmlError(code, message),
      status: 403,
    })
    if (request.headers.authorization || !sameSecret(search.get('Signature') ?? '', signature)) {
      return denied('SignatureDoesNotMatch', 'The request signature does not match.')
    }
    const task = store.get(id)
    const asked = task !== null && directivesOf(task.request.input.prompt).has('expired')
    if (asked) store.expire(id)
    if (asked || now() > Number(expires) * 1000)
      return denied('AccessDenied', 'Request has expired.')
    if (task?.status !== 'SUCCEEDED') {
      return { xml: xmlError('NoSuchKey', 'The specified key does not exist.'), status: 404 }
    }
    await sendFile(resultPath(options.results, id), request, response)
    return 'answered'
  }

  async function takeUpload(request: IncomingMessage): Promise<Reply> {
    const answer = await objects.take(request)
    if (answer.status === 200) return { xml: '', status: 200 }
    return { xml: xmlError(answer.code, answer.message), status: answer.status }
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<Reply> {
    const { pathname, searchParams } = new URL(request.url ?? '/', options.url)
    const asked = `${request.method} ${pathname}`
    if (asked === 'POST /storage/') return takeUpload(request)
    const file = /^GET \/results\/([0-9a-f-]{36})\.mp4$/.exec(asked)
    if (file?.[1]) return result(file[1], searchParams, request, response)
    if (!pathname.startsWith('/api/v1/')) return { xml: '', status: 404 }
    if (!isAllowed(request)) {
      return { refusal: refusal(401, 'InvalidApiKey', 'Invalid API-key provided.') }
    }
    if (asked === 'GET /api/v1/uploads') {
      const known =
        searchParams.get('action') === 'getPolicy' && searchParams.get('model') === sandboxModel
      if (!known) return { refusal: refusal(400, 'InvalidParameter', 'action or model is invalid') }
      const data = objects.policy(sandboxModel, `${options.url}/storage/`)
      return { json: { request_id: newId(), data } }
    }
    if (asked === 'POST /api/v1/services/aigc/video-generation/video-synthesis') {
      return create(request)
    }
    if (asked === 'GET /api/v1/tasks/') return list(searchParams)
    const task = /^(GET|POST) \/api\/v1\/tasks\/([\w-]{1,64})(\/cancel)?$/.exec(asked)
    if (task?.[1] === 'GET' && task[2] && !task[3]) return query(task[2])
    if (task?.[1] === 'POST' && task[2] && task[3]) return cancel(task[2])
    return { refusal: refusal(404, 'NotFound', 'There is nothing at this address.') }
  }

  function answer(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    if (reply === 'answered') return
    if (reply === 'lost') {
      request.socket.destroy()
      return
    }
    // What was not read of a request is not worth reading: the connection ends with the answer.
    if (!request.complete) response.setHeader('connection', 'close')
    if ('xml' in reply) {
      response.writeHead(reply.status, { 'content-type': 'application/xml' })
      response.end(reply.xml)
      return
    }
    const refused = 'refusal' in reply ? reply.refusal : null
    const { code, message } = refused ?? {}
    const json = 'json' in reply ? reply.json : { request_id: newId(), code, message }
    const body = Buffer.from(JSON.stringify(json))
    response.writeHead(refused?.status ?? 200, {
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
        // A client that leaves in the middle is its own affair; everything else is a problem of ours.
        if (!request.destroyed && !response.destroyed) options.onProblem(error)
        if (response.headersSent) response.destroy()
        else
          answer(
            { refusal: refusal(500, 'InternalError', 'The Sandbox failed.') },
            request,
            response,
          )
      })
  }
}
