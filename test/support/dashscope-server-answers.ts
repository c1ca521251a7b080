import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { type Reply, refused } from './dashscope-server-reply'
import { judgeCreate } from './dashscope-server-rules'
import type { Policy } from './dashscope-server-storage'
import type { DashScopeServer } from './dashscope-server-types'
import { fileReply } from './loopback'

export interface AnswerContext {
  server: DashScopeServer
  policies: Policy[]
  storageUrl: string
  resultUrl: string
  policySeconds: number
  now: () => number
}

const stamp = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '')

/** The body of a task's create call; empty for a task from another create call. */
const taskInput = z
  .object({ input: z.object({ prompt: z.string().optional() }).default({}) })
  .transform(({ input }) => input)

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The documented answers of each endpoint, without faults. */
export const createAnswers = (context: AnswerContext) => {
  const { server, now } = context

  const policy = (search: URLSearchParams): Reply => {
    if (search.get('action') !== 'getPolicy' || search.get('model') !== server.model) {
      server.violations.push(`policy asked for ${search}`)
      return refused(400, 'InvalidParameter', 'action and model are required')
    }
    const id = randomUUID()
    const uploadDir = `dashscope-instant/${id}/2026-11-20/${randomUUID()}`
    const fields = {
      OSSAccessKeyId: 'LTAItest',
      Signature: `${Buffer.from(id).toString('base64')}=`,
      policy: Buffer.from(JSON.stringify({ id })).toString('base64'),
      'x-oss-object-acl': 'private',
      'x-oss-forbid-overwrite': 'true',
    }
    const seconds = context.policySeconds
    context.policies.push({
      model: server.model,
      expiresAt: now() + seconds * 1000,
      fields,
      uploadDir,
    })
    const data = {
      policy: fields.policy,
      signature: fields.Signature,
      oss_access_key_id: fields.OSSAccessKeyId,
      upload_dir: uploadDir,
      upload_host: context.storageUrl,
      expire_in_seconds: seconds,
      max_file_size_mb: 1024,
      capacity_limit_mb: 999_999_999,
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    }
    return { status: 200, json: { request_id: randomUUID(), data } }
  }

  const create = async (request: IncomingMessage): Promise<Reply> => {
    let body: unknown
    try {
      body = JSON.parse((await readBody(request)).toString('utf8'))
    } catch {
      body = undefined
    }
    server.bodies.push(body)
    const refusal = judgeCreate({
      headers: request.headers,
      body,
      model: server.model,
      knowsObject: (link) => server.objects.has(link.replace(/^oss:\/\//, '')),
    })
    if (refusal) {
      server.violations.push(`create: ${refusal.code}: ${refusal.message}`)
      return refused(refusal.status, refusal.code, refusal.message)
    }
    const task = server.addTask()
    task.body = body as Record<string, unknown>
    return {
      status: 200,
      json: { request_id: task.requestId, output: { task_id: task.id, task_status: 'PENDING' } },
    }
  }

  const query = (id: string): Reply => {
    const task = server.tasks.get(id)
    const word = task ? (task.words.length > 1 ? task.words.shift() : task.words[0]) : 'UNKNOWN'
    const output: Record<string, unknown> = { task_id: id, task_status: word }
    if (!task || word === 'UNKNOWN')
      return { status: 200, json: { request_id: randomUUID(), output } }
    output['submit_time'] = stamp(task.createdAt)
    if (word === 'FAILED') Object.assign(output, { code: 'InternalError', message: 'it failed' })
    if (word !== 'SUCCEEDED') return { status: 200, json: { request_id: randomUUID(), output } }
    output['end_time'] = stamp(now())
    const { prompt } = taskInput.parse(task.body)
    if (prompt) output['orig_prompt'] = prompt
    output['video_url'] =
      `${context.resultUrl}/results/${id}.mp4?Expires=1&OSSAccessKeyId=a&Signature=b%3D`
    return { status: 200, json: { request_id: randomUUID(), output, usage: server.usage } }
  }

  const list = (search: URLSearchParams): Reply => {
    const known = [
      'task_id',
      'start_time',
      'end_time',
      'model_name',
      'status',
      'page_no',
      'page_size',
    ]
    for (const name of search.keys()) {
      if (!known.includes(name)) server.violations.push(`list: unknown parameter ${name}`)
    }
    for (const name of ['start_time', 'end_time']) {
      const value = search.get(name)
      if (value && !/^\d{14}$/.test(value)) {
        server.violations.push(`list: ${name}=${value}`)
        return refused(400, 'InvalidParameter', `${name} must be YYYYMMDDhhmmss`)
      }
    }
    const size = Number(search.get('page_size') ?? 10)
    const page = Number(search.get('page_no') ?? 1)
    if (!Number.isInteger(size) || size < 1 || size > 100 || !Number.isInteger(page) || page < 1) {
      server.violations.push(`list: page ${search.get('page_no')} of ${search.get('page_size')}`)
      return refused(400, 'InvalidParameter', 'page_no or page_size is invalid')
    }
    const day = now() - 24 * 3_600_000
    const tasks = [...server.tasks.values()].filter((task) => task.createdAt >= day).reverse()
    const data = tasks.slice((page - 1) * size, page * size).map((task) => ({
      task_id: task.id,
      model_name: server.model,
      status: task.words[0],
      region: 'ap-southeast-1',
      gmt_create: task.createdAt,
      start_time: task.createdAt + 1000,
      request_id: task.requestId,
      api_key_id: '1',
    }))
    const json = {
      request_id: randomUUID(),
      data,
      page_no: page,
      page_size: size,
      total_page: Math.max(1, Math.ceil(tasks.length / size)),
      total: tasks.length,
    }
    return { status: 200, json }
  }

  const cancel = (id: string): Reply => {
    const task = server.tasks.get(id)
    if (task?.words[0] !== 'PENDING') {
      return refused(
        400,
        'UnsupportedOperation',
        'Failed to cancel the task, please confirm if the task is in PENDING status.',
      )
    }
    task.words = ['CANCELED']
    return { status: 200, json: { request_id: randomUUID() } }
  }

  const download = (request: IncomingMessage): Reply => {
    if (request.headers.authorization !== undefined) {
      server.violations.push('a result was asked for with Authorization')
      const body = Buffer.from('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      return { status: 403, raw: { body, headers: { 'content-type': 'application/xml' } } }
    }
    return fileReply(request, server.result)
  }

  return { policy, create, query, list, cancel, download }
}
