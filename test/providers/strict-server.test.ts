import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DashScopeServer, startDashScopeServer } from '../support/dashscope-server'

let server: DashScopeServer

beforeEach(async () => {
  server = await startDashScopeServer()
})
afterEach(() => server.stop())

const authorization = () => ({ authorization: `Bearer ${server.key}` })

const upload = async (): Promise<string> => {
  const answer = await fetch(
    `${server.url}/api/v1/uploads?action=getPolicy&model=${server.model}`,
    {
      headers: authorization(),
    },
  )
  const { data } = (await answer.json()) as { data: Record<string, string> }
  const form = new FormData()
  const key = `${data['upload_dir']}/a.mp4`
  form.append('OSSAccessKeyId', data['oss_access_key_id'] ?? '')
  form.append('Signature', data['signature'] ?? '')
  form.append('policy', data['policy'] ?? '')
  form.append('key', key)
  form.append('x-oss-object-acl', 'private')
  form.append('x-oss-forbid-overwrite', 'true')
  form.append('success_action_status', '200')
  form.append('file', new Blob([Buffer.alloc(300_000, 'x')]), 'a.mp4')
  const stored = await fetch(data['upload_host'] ?? '', { method: 'POST', body: form })
  expect(stored.status).toBe(200)
  return `oss://${key}`
}

const create = (body: unknown, headers: Record<string, string>) =>
  fetch(`${server.url}/api/v1/services/aigc/video-generation/video-synthesis`, {
    method: 'POST',
    headers: { ...authorization(), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const both = { 'x-dashscope-async': 'enable', 'x-dashscope-ossresourceresolve': 'enable' }
const bodyWith = (url: string, parameters: Record<string, unknown> = {}) => ({
  model: 'wan2.7-videoedit',
  input: { prompt: 'p', media: [{ type: 'video', url }] },
  parameters,
})

test('a client that follows the documents causes no violation', async () => {
  const url = await upload()
  const created = await create(bodyWith(url, { resolution: '720P' }), both)
  const { output } = (await created.json()) as { output: { task_id: string } }
  const words: string[] = []
  let link = ''
  for (let i = 0; i < 3; i += 1) {
    const answer = await fetch(`${server.url}/api/v1/tasks/${output.task_id}`, {
      headers: authorization(),
    })
    const body = (await answer.json()) as { output: { task_status: string; video_url?: string } }
    words.push(body.output.task_status)
    link = body.output.video_url ?? ''
  }
  expect(words).toEqual(['PENDING', 'RUNNING', 'SUCCEEDED'])
  const part = await fetch(link, { headers: { range: 'bytes=4-' } })
  expect([part.status, await part.text()]).toEqual([206, server.result.subarray(4).toString()])
  expect(server.violations).toEqual([])
})

test.each([
  ['no async header', { 'x-dashscope-ossresourceresolve': 'enable' }, {}, 403],
  ['no resolve header', { 'x-dashscope-async': 'enable' }, {}, 400],
  ['lower-case resolution', both, { resolution: '720p' }, 400],
  ['a string duration', both, { duration: '5' }, 400],
  ['an unknown parameter', both, { quality: '720P' }, 400],
])('refuses %s', async (_, headers, parameters, status) => {
  const answer = await create(
    bodyWith(await upload(), parameters),
    headers as Record<string, string>,
  )
  expect(answer.status).toBe(status)
  expect(server.violations).toHaveLength(1)
  expect(server.tasks.size).toBe(0)
})
