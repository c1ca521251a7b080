import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDashScope, type DashScopeOptions } from '../../../main/providers/dashscope/adapter'
import {
  commonHostOf,
  findRegion,
  fingerprintOf,
  type RegionAnswer,
  regionRefusal,
  regionUrl,
} from '../../../main/providers/dashscope/regions'
import { type ProviderAnswer, plainFailure } from '../../../main/providers/failures'
import { createHttp, type Http } from '../../../main/providers/http/http'
import { StorageRefusal } from '../../../main/providers/provider'
import { createProviders } from '../../../main/providers/registry'
import { type ProviderRow, providerRows } from '../../../preload/contract'
import { aCall, aClip, anEdit, failing, hastyClock } from '../../support/connected-provider'
import { startDashScopeServer } from '../../support/dashscope-server'
import { providerError } from '../../support/fake-provider'
import { temporaryFolder } from '../../support/temporary-folder'

const { dashscope: singapore, 'dashscope-cn': beijing } = providerRows

test.each([
  [singapore, null, 'https://dashscope-intl.aliyuncs.com'],
  [singapore, 'ws-1a2B', 'https://ws-1a2b.ap-southeast-1.maas.aliyuncs.com'],
  [beijing, null, 'https://dashscope.aliyuncs.com'],
  [beijing, 'llm-x', 'https://llm-x.cn-beijing.maas.aliyuncs.com'],
  [beijing, 'evil.example/', 'https://dashscope.aliyuncs.com'],
  [beijing, '', 'https://dashscope.aliyuncs.com'],
])('$0.region in the workspace $1 is at $2', (region, workspace, url) => {
  expect(regionUrl(region, workspace)).toBe(url)
})

test.each([
  ['https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1', singapore.baseUrl],
  ['https://ws-1.cn-beijing.maas.aliyuncs.com', beijing.baseUrl],
  ['https://dashscope-intl.aliyuncs.com', null],
  ['https://cn-beijing.maas.aliyuncs.com.evil.example', null],
  ['http://127.0.0.1:1', null],
  ['nonsense', null],
])('the common host of the region of %s is %s', (url, common) => {
  expect(commonHostOf(url)).toBe(common)
})

const connect = async (change: (urls: { classic: string }) => Partial<DashScopeOptions>) => {
  const [workspace, classic] = await Promise.all([startDashScopeServer(), startDashScopeServer()])
  const http = createHttp()
  onTestFinished(async () => {
    await http.close()
    await Promise.all([workspace.stop(), classic.stop()])
  })
  const provider = createDashScope({
    row: providerRows.dashscope,
    baseUrl: workspace.url,
    key: () => workspace.key,
    http,
    clock: hastyClock(),
    unique: () => 'unique',
    ...change({ classic: classic.url }),
  })
  return { provider, workspace, classic }
}

const aFile = () => {
  const file = path.join(temporaryFolder(), 'clip.mp4')
  writeFileSync(file, 'clip')
  return { path: file, name: 'clip.mp4', contentType: 'video/mp4', bytes: 4 }
}

describe('a workspace’s host that gives no upload policies', () => {
  test.each([403, 404])('with status %i leaves uploads to the common host', async (status) => {
    const { provider, workspace, classic } = await connect((urls) => ({
      policyFallbackUrl: urls.classic,
    }))
    workspace.next('policy', { kind: 'status', status, code: 'AccessDenied' })
    expect(await provider.upload?.('edit', aFile(), aCall())).toMatch(/^oss:/)
    expect([workspace.calls.policy, classic.calls.policy]).toEqual([1, 1])
    expect(classic.violations).toEqual([])
  })

  test('leaves the file to another storage when the common host gives none either', async () => {
    const { provider, workspace, classic } = await connect((urls) => ({
      policyFallbackUrl: urls.classic,
    }))
    workspace.next('policy', { kind: 'status', status: 404, code: 'NotFound' })
    classic.next('policy', { kind: 'status', status: 404, code: 'NotFound' })
    expect(await failing(provider.upload?.('edit', aFile(), aCall()))).toBeInstanceOf(
      StorageRefusal,
    )
  })

  test('does not hide a refused key', async () => {
    const { provider, workspace, classic } = await connect((urls) => ({
      policyFallbackUrl: urls.classic,
    }))
    workspace.next('policy', { kind: 'status', status: 401, code: 'InvalidApiKey' })
    expect((await failing(provider.upload?.('edit', aFile(), aCall()))).failure.kind).toBe('auth')
    expect(classic.calls.policy).toBe(0)
  })
})

test('a refused key may belong to the other region', async () => {
  const { provider } = await connect(() => ({ key: () => 'sk-other' }))
  const { failure } = await failing(provider.test(aCall()))
  expect(failure).toMatchObject({
    kind: 'auth',
    action: 'try-region',
    text: { key: 'failure.auth_region', values: { region: 'Singapore', other: 'Beijing' } },
    provider: { code: 'InvalidApiKey', httpStatus: 401 },
  })
})

describe('a refusal that says', () => {
  const failureBy = (change: Partial<ProviderAnswer> | null, row: ProviderRow = singapore) => {
    const provider = { code: 'InvalidApiKey', message: 'm', requestId: null, httpStatus: 401 }
    return regionRefusal(row)({
      ...plainFailure('auth_key-refused', { host: 'h.example' }),
      provider: change && { ...provider, ...change },
    })
  }
  test.each([
    ['the key is wrong', {}, 'auth_region'],
    ['so in lower case', { code: 'invalidapikey' }, 'auth_region'],
    ['something else with the same status', { code: 'Other' }, 'auth_key-refused'],
    ['something longer', { code: 'InvalidApiKey.Disabled' }, 'auth_key-refused'],
    ['something else that ends so', { code: 'NoInvalidApiKey' }, 'auth_key-refused'],
    ['so with another status', { httpStatus: 403 }, 'auth_key-refused'],
    ['no code', { code: null }, 'auth_key-refused'],
    ['nothing', null, 'auth_key-refused'],
  ])('%s', (_what, change, text) => {
    expect(failureBy(change).text.key).toBe(`failure.${text}`)
  })

  test('the key is wrong names both regions and keeps the host', () => {
    expect(failureBy({}, beijing).text.values).toEqual({
      host: 'h.example',
      region: 'Beijing',
      other: 'Singapore',
      otherId: 'dashscope',
    })
  })

  test('the key is wrong stays as it is where there is one region', () => {
    expect(failureBy({}, providerRows.evolink).text.key).toBe('failure.auth_key-refused')
  })
})

test('a key without access to the model does not belong to another region', async () => {
  const { provider, workspace } = await connect(() => ({}))
  workspace.next('list', { kind: 'status', status: 403, code: 'Model.AccessDenied' })
  expect((await failing(provider.test(aCall()))).failure.action).toBe('enter-key')
})

describe('the region of a key', () => {
  const remembering = () => {
    const kept = new Map<string, RegionAnswer>()
    const get = (name: string) => kept.get(name) ?? null
    return {
      kept,
      memory: { get, set: (name: string, value: RegionAnswer) => void kept.set(name, value) },
    }
  }
  const wrongKey = () => {
    const error = providerError('auth', 'refused', 'enter-key')
    Object.assign(error.failure.provider ?? {}, { code: 'InvalidApiKey', httpStatus: 401 })
    return error
  }

  test('is asked of the sibling once and then remembered', async () => {
    const { kept, memory } = remembering()
    const asked: string[] = []
    const test = async (region: string) => void asked.push(region)
    for (let i = 0; i < 2; i += 1) {
      expect(await findRegion({ row: singapore, key: 'sk-1', memory, test })).toBe('dashscope-cn')
    }
    expect(asked).toEqual(['dashscope-cn'])
    expect([...kept.keys()].join()).not.toContain('sk-1')
    expect(fingerprintOf('sk-1')).not.toBe(fingerprintOf('sk-2'))
  })

  test('is neither when both refuse, and is also asked only once', async () => {
    const { memory } = remembering()
    let asked = 0
    const test = async () => {
      asked += 1
      throw wrongKey()
    }
    for (let i = 0; i < 2; i += 1) {
      const error = await failing(findRegion({ row: beijing, key: 'sk-1', memory, test }))
      expect(error.failure).toMatchObject({
        action: 'enter-key',
        text: { key: 'failure.auth_region-neither' },
      })
    }
    expect(asked).toBe(1)
  })

  test('that is remembered as this region is asked for again', async () => {
    const { kept, memory } = remembering()
    kept.set(fingerprintOf('sk-1'), 'dashscope')
    const test = async () => {}
    expect(await findRegion({ row: singapore, key: 'sk-1', memory, test })).toBe('dashscope-cn')
    expect(kept.get(fingerprintOf('sk-1'))).toBe('dashscope-cn')
  })

  test('is refused by name in both regions', async () => {
    const { memory } = remembering()
    const test = async () => {
      throw wrongKey()
    }
    const error = await failing(findRegion({ row: beijing, key: 'sk-1', memory, test }))
    expect(error).toMatchObject({
      failure: { text: { values: { region: 'Beijing', other: 'Singapore' } } },
      sent: 'no',
    })
  })

  test('does not exist for a service with one region', async () => {
    const { memory } = remembering()
    const asked = findRegion({ row: providerRows.evolink, key: 'k', memory, test: async () => {} })
    await expect(asked).rejects.toThrow('EvoLink has no other region')
  })

  test('stays open after another error', async () => {
    const { kept, memory } = remembering()
    const test = async () => {
      throw new Error('a bug')
    }
    await expect(findRegion({ row: singapore, key: 'sk-1', memory, test })).rejects.toThrow('a bug')
    expect(kept.size).toBe(0)
  })

  test('stays open while the sibling cannot be asked', async () => {
    const { kept, memory } = remembering()
    const test = async () => {
      throw providerError('temporary', 'no', 'reconnect')
    }
    const error = await failing(findRegion({ row: singapore, key: 'sk-1', memory, test }))
    expect(error.failure.kind).toBe('temporary')
    expect(kept.size).toBe(0)
  })
})

/** The real HTTP client, with requests to internet hosts redirected to servers of this test. */
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
    upload: http.upload,
    close: http.close,
  }
}

const inWorkspace = async (id: 'dashscope' | 'dashscope-cn', hosts: [string, string]) => {
  const [workspace, classic] = await Promise.all([startDashScopeServer(), startDashScopeServer()])
  // All hosts of a region share one storage.
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

const regions = [
  ['dashscope', 'ws-1.ap-southeast-1.maas.aliyuncs.com', 'dashscope-intl.aliyuncs.com'],
  ['dashscope-cn', 'ws-1.cn-beijing.maas.aliyuncs.com', 'dashscope.aliyuncs.com'],
] as const

test.each(regions)(
  '%s: a workspace without uploads leaves them to the common host of its region and runs the edit itself',
  async (id, own, common) => {
    const { provider, workspace, classic, asked } = await inWorkspace(id, [own, common])
    workspace.next('policy', { kind: 'status', status: 404, code: 'NotFound' })
    const url = (await provider.upload?.('edit', aFile(), aCall())) ?? ''
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

test('a workspace that stores files is the only host that is asked', async () => {
  const [id, own, common] = regions[1]
  const { provider, asked } = await inWorkspace(id, [own, common])
  await provider.upload?.('edit', aFile(), aCall())
  expect(asked).toEqual([`${own} /api/v1/uploads`])
})

test('a key that the workspace refuses is not sent to the common host', async () => {
  const [id, own, common] = regions[0]
  const { provider, workspace, asked } = await inWorkspace(id, [own, common])
  workspace.next('policy', { kind: 'status', status: 401, code: 'InvalidApiKey' })
  const { failure } = await failing(provider.upload?.('edit', aFile(), aCall()))
  expect(failure.action).toBe('try-region')
  expect(asked).toEqual([`${own} /api/v1/uploads`])
})
