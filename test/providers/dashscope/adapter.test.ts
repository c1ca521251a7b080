import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createHttp, type Http } from '../../../main/providers/http/http'
import { createProviders } from '../../../main/providers/registry'
import { aCall, aClip, anEdit, failing } from '../../support/connected-provider'
import { startDashScopeServer } from '../../support/dashscope-server'
import { temporaryFolder } from '../../support/temporary-folder'

/** The real HTTP, with hosts of the internet played by servers of this test. */
const played = (hosts: Record<string, string>, asked: string[]): Http => {
  const http = createHttp()
  return {
    send: (request, call) => {
      const { host, pathname, search } = new URL(request.url)
      asked.push(`${host} ${pathname}`)
      const url = hosts[host]
      if (!url) throw new Error(`Nobody plays ${host}`)
      return http.send({ ...request, url: `${url}${pathname}${search}` }, call)
    },
    close: http.close,
  }
}

async function inWorkspace(id: 'dashscope' | 'dashscope-cn', hosts: [string, string]) {
  const [workspace, classic] = await Promise.all([startDashScopeServer(), startDashScopeServer()])
  // One region has one storage, whichever of its hosts is asked.
  workspace.objects = classic.objects
  const asked: string[] = []
  const providers = createProviders({
    keys: { get: () => classic.key, source: () => 'stored' },
    env: {},
    sandbox: () => Promise.reject(new Error('not asked for')),
    workspaceOf: () => 'ws-1',
    http: played({ [hosts[0]]: workspace.url, [hosts[1]]: classic.url }, asked),
  })
  onTestFinished(async () => {
    await providers.close()
    await Promise.all([workspace.stop(), classic.stop()])
  })
  return { provider: await providers.get(id), workspace, classic, asked }
}

const aFile = () => {
  const file = path.join(temporaryFolder(), 'clip.mp4')
  writeFileSync(file, 'clip')
  return { path: file, name: 'clip.mp4', contentType: 'video/mp4', bytes: 4 }
}

const regions = [
  ['dashscope', 'ws-1.ap-southeast-1.maas.aliyuncs.com', 'dashscope-intl.aliyuncs.com'],
  ['dashscope-cn', 'ws-1.cn-beijing.maas.aliyuncs.com', 'dashscope.aliyuncs.com'],
] as const

test.each(regions)(
  '%s: a workspace without uploads leaves them to the common host of its region, and edits itself',
  async (id, own, common) => {
    const { provider, workspace, classic, asked } = await inWorkspace(id, [own, common])
    workspace.next('policy', { kind: 'status', status: 404, code: 'NotFound' })
    const url = (await provider.upload?.(aFile(), aCall())) ?? ''
    expect(url).toMatch(/^oss:/)
    const { taskId } = await provider.create(anEdit({}, { media: [aClip(url)] }), aCall())
    await provider.query(taskId, aCall())
    expect(asked).toEqual([
      `${own} /api/v1/uploads`,
      `${common} /api/v1/uploads`,
      `${own} /api/v1/services/aigc/video-generation/video-synthesis`,
      `${own} /api/v1/tasks/${taskId}`,
    ])
    expect([...workspace.violations, ...classic.violations]).toEqual([])
  },
)

test('a workspace that stores files itself is asked alone', async () => {
  const [id, own, common] = regions[1]
  const { provider, asked } = await inWorkspace(id, [own, common])
  await provider.upload?.(aFile(), aCall())
  expect(asked).toEqual([`${own} /api/v1/uploads`])
})

test('a key that the workspace refuses is not tried at the common host', async () => {
  const [id, own, common] = regions[0]
  const { provider, workspace, asked } = await inWorkspace(id, [own, common])
  workspace.next('policy', { kind: 'status', status: 401, code: 'InvalidApiKey' })
  const { failure } = await failing(provider.upload?.(aFile(), aCall()))
  expect(failure.action).toBe('try-region')
  expect(asked).toEqual([`${own} /api/v1/uploads`])
})
