import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../main/clock'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import {
  call,
  follow,
  inspect,
  runFfmpeg,
  startSandbox,
  submit,
  uploadTo,
} from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'

const clip = () => makeClip({ seconds: 2, sound: 'tone' })

const download = async (url: string, folder: string, name = 'result.mp4'): Promise<string> => {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  const path = join(folder, name)
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()))
  return path
}

test('an edit goes from upload to a playable result', async () => {
  const folder = temporaryFolder()
  let ahead = 0
  const clock = { now: () => Date.now() + ahead, sleep: () => systemClock.sleep(20) }
  const begin = Promise.withResolvers<void>()
  const { provider, problems } = await startSandbox(folder, {
    clock,
    speed: 0.01,
    runFfmpeg: async (...words) => {
      await begin.promise
      await runFfmpeg(...words)
    },
  })
  const images = [
    await makeImage({ format: 'png', width: 400, height: 300 }),
    await makeImage({ format: 'jpeg', width: 300, height: 500 }),
  ]
  const taskId = await submit(provider, {
    clip: await clip(),
    prompt: 'A black and white film. 下雪的冬天',
    images,
    options: { quality: '720p', ratio: '9:16', sound: 'keep', watermark: true, seed: 5 },
  })
  const status = async () => (await provider.query(taskId, call())).status
  expect(await status()).toBe('pending')
  ahead = 3_600_000
  await expect.poll(status).toBe('running')
  begin.resolve()
  ahead *= 2
  const { last } = await follow(provider, taskId)
  if (last.status !== 'succeeded') throw new Error('not reached')
  expect(last.usage).toEqual({ seconds: 4, input: 2, output: 2 })
  const facts = await inspect(await download(last.resultUrl, folder))
  expect(facts).toMatchObject({
    kind: 'video',
    container: 'mp4',
    codec: 'h264',
    width: 720,
    height: 1280,
    duration: 2,
    complete: true,
    audio: [{ codec: 'aac' }],
  })
  expect(problems).toEqual([])
})

/** The same text with a different last character. */
const otherLast = (text: string) => text.slice(0, -1) + (text.endsWith('1') ? '2' : '1')

test('serves byte ranges of a result, and only with its signature', async () => {
  const folder = temporaryFolder()
  const { provider, token } = await startSandbox(folder)
  const { last } = await follow(provider, await submit(provider, { clip: await clip() }))
  if (last.status !== 'succeeded') throw new Error('not reached')
  const whole = readFileSync(await download(last.resultUrl, folder))
  const part = await fetch(last.resultUrl, { headers: { range: 'bytes=100-' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([
    206,
    `bytes 100-${whole.length - 1}/${whole.length}`,
  ])
  expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100))
  const after = await fetch(last.resultUrl, { headers: { range: `bytes=${whole.length}-` } })
  expect(after.status).toBe(416)
  for (const wrong of [
    fetch(last.resultUrl.replace(/Signature=./, (start) => otherLast(start))),
    fetch(last.resultUrl.replace(/Expires=\d/, (start) => otherLast(start))),
    fetch(last.resultUrl, { headers: { authorization: `Bearer ${token}` } }),
  ]) {
    const answer = await wrong
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Error>')])
  }
})

test.each([
  ['[invalid] x', { failure: { kind: 'invalid-input' }, sent: 'refused' }],
  ['x [arrearage]', { failure: { kind: 'billing', action: 'top-up' }, sent: 'refused' }],
  ['[lost]', { failure: { kind: 'temporary' }, sent: 'maybe' }],
])('the create of "%s" fails on demand', async (prompt, expected) => {
  const { provider } = await startSandbox(temporaryFolder())
  await expect(submit(provider, { clip: await clip(), prompt })).rejects.toMatchObject(expected)
})

test('lists a task whose create answer was lost', async () => {
  const { provider } = await startSandbox(temporaryFolder())
  await expect(submit(provider, { clip: await clip(), prompt: '[lost]' })).rejects.toThrow()
  const [task, ...others] = (await provider.list?.('edit', call()))?.tasks ?? []
  expect(others).toEqual([])
  const { last } = await follow(provider, task?.taskId ?? '')
  expect(last.status).toBe('succeeded')
})

test('the rate limit ends after two refusals', async () => {
  const { provider } = await startSandbox(temporaryFolder())
  const edit = { clip: await clip(), prompt: '[rate-limit]' }
  for (let i = 0; i < 2; i += 1) {
    await expect(submit(provider, edit)).rejects.toMatchObject({ failure: { kind: 'rate-limit' } })
  }
  expect((await follow(provider, await submit(provider, edit))).last.status).toBe('succeeded')
})

test.each([
  ['[moderation]', 'moderation', 'DataInspectionFailed'],
  ['[FAIL]', 'temporary', 'InternalError'],
])('the task of "%s" fails on demand', async (prompt, kind, code) => {
  const { provider } = await startSandbox(temporaryFolder())
  const { last, seen } = await follow(
    provider,
    await submit(provider, { clip: await clip(), prompt }),
  )
  expect(seen.at(-1)).toBe('failed')
  expect(last).toMatchObject({ failure: { kind, provider: { code } } })
})

test('refuses an expired result, and its task is unknown', async () => {
  const { provider } = await startSandbox(temporaryFolder())
  const taskId = await submit(provider, { clip: await clip(), prompt: '[expired]' })
  const { last } = await follow(provider, taskId)
  if (last.status !== 'succeeded') throw new Error('not reached')
  const answer = await fetch(last.resultUrl)
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining('AccessDenied'),
  ])
  expect(await provider.query(taskId, call())).toMatchObject({ status: 'unknown', word: 'UNKNOWN' })
})

test('cancels a pending task, but not a running one', async () => {
  const { provider } = await startSandbox(temporaryFolder(), { speed: 1 })
  const waiting = await submit(provider, { clip: await clip(), prompt: '[slow]' })
  expect(await provider.cancel?.(waiting, call())).toBe('cancelled')
  expect((await follow(provider, waiting)).last.status).toBe('cancelled')
  const quick = await startSandbox(temporaryFolder(), { speed: 20 })
  const running = await submit(quick.provider, { clip: await clip(), prompt: '[slow]' })
  await expect
    .poll(async () => (await quick.provider.query(running, call())).status, { interval: 20 })
    .not.toBe('pending')
  expect(await quick.provider.cancel?.(running, call())).toBe('too-late')
})

test.each([
  ['too short', { seconds: 1 }, 'InvalidFile.Duration'],
  ['too small', { width: 200, height: 240 }, 'InvalidFile.Resolution'],
  ['too wide', { width: 2400, height: 240 }, 'InvalidFile.AspectRatio'],
  ['another container', { extension: '.mkv' }, 'InvalidFile.Format'],
  ['cut off', { keep: 0.6, faststart: true }, 'InvalidFile.Openerror'],
])('refuses a clip that is %s like the real service', async (_, shape, code) => {
  const { provider } = await startSandbox(temporaryFolder())
  await expect(
    submit(provider, { clip: await makeClip({ seconds: 3, ...shape }) }),
  ).rejects.toMatchObject({
    failure: { kind: 'invalid-input', provider: { code, httpStatus: 400 } },
  })
})

test('refuses an image as clip, a clip as image, and files on other servers', async () => {
  const { provider } = await startSandbox(temporaryFolder())
  const image = await makeImage({ format: 'png' })
  const refused = { failure: { kind: 'invalid-input' }, sent: 'refused' }
  await expect(submit(provider, { clip: image })).rejects.toMatchObject(refused)
  await expect(
    submit(provider, { clip: await clip(), images: [await clip()] }),
  ).rejects.toMatchObject(refused)
  const request = {
    mode: 'edit' as const,
    media: [
      {
        role: 'clip' as const,
        url: 'https://h.example/a.mp4',
        seconds: 3,
        width: 320,
        height: 240,
      },
    ],
    prompt: '',
    negativePrompt: '',
    options: {
      quality: '720p' as const,
      ratio: null,
      sound: 'auto' as const,
      seed: null,
      promptExtend: true,
      watermark: false,
      cut: 0,
      callbackUrl: null,
    },
  }
  await expect(provider.create(request, call())).rejects.toMatchObject(refused)
})

test('another process continues the task of a stopped one, once', async () => {
  const folder = temporaryFolder()
  const first = await startSandbox(folder, { speed: 1 })
  const taskId = await submit(first.provider, { clip: await clip() })
  await first.sandbox.stop()
  const runs: string[] = []
  const counting = (name: string) => ({
    runFfmpeg: (args: readonly string[], work: { signal: AbortSignal; timeLimit: number }) => {
      runs.push(name)
      return runFfmpeg(args, work)
    },
  })
  const second = await startSandbox(folder, counting('second'))
  const third = await startSandbox(folder, counting('third'))
  const { last } = await follow(second.provider, taskId)
  expect(last.status).toBe('succeeded')
  expect(runs).toHaveLength(1)
  const seenByThird = await third.provider.query(taskId, call())
  if (seenByThird.status !== 'succeeded') throw new Error('not reached')
  expect((await fetch(seenByThird.resultUrl)).status).toBe(200)
})

test('refuses requests without its key', async () => {
  const { url, token, provider } = await startSandbox(temporaryFolder())
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const status = async (path: string, authorization?: string) =>
    (await fetch(`${url}${path}`, authorization ? { headers: { authorization } } : {})).status
  expect(await status('/')).toBe(404)
  expect(await status('/api/v1/tasks/')).toBe(401)
  expect(await status('/api/v1/tasks/', `Bearer ${token}x`)).toBe(401)
  expect(await status('/api/v1/secrets', `Bearer ${token}`)).toBe(404)
  expect(await status('/results/../sandbox.db')).toBe(404)
  await provider.test(call())
})

test('the storage accepts only what its policy allows', async () => {
  const { url, token } = await startSandbox(temporaryFolder())
  const answer = await fetch(`${url}/api/v1/uploads?action=getPolicy&model=wan2.7-videoedit`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { data } = (await answer.json()) as { data: Record<string, string> }
  const good: [string, string][] = [
    ['OSSAccessKeyId', data['oss_access_key_id'] ?? ''],
    ['Signature', data['signature'] ?? ''],
    ['policy', data['policy'] ?? ''],
    ['key', `${data['upload_dir']}/a.mp4`],
    ['x-oss-object-acl', 'private'],
    ['x-oss-forbid-overwrite', 'true'],
    ['success_action_status', '200'],
  ]
  const send = async (fields: [string, string][], after: [string, string][] = []) => {
    const form = new FormData()
    for (const [name, value] of fields) form.append(name, value)
    form.append('file', new Blob(['bytes']), 'a.mp4')
    for (const [name, value] of after) form.append(name, value)
    const stored = await fetch(data['upload_host'] ?? '', { method: 'POST', body: form })
    return [stored.status, /<Code>(\w+)/.exec(await stored.text())?.[1]]
  }
  const changed = (name: string, value: string) =>
    good.map(([key, old]): [string, string] => [key, key === name ? value : old])
  expect(await send(changed('Signature', 'x'))).toEqual([403, 'SignatureDoesNotMatch'])
  expect(await send(changed('key', '../../escape.mp4'))).toEqual([403, 'AccessDenied'])
  expect(await send(changed('key', `${data['upload_dir']}/../a.mp4`))).toEqual([
    403,
    'AccessDenied',
  ])
  expect(await send(changed('success_action_status', '201'))).toEqual([403, 'AccessDenied'])
  expect(await send([...good, ['surprise', '1']])).toEqual([400, 'InvalidArgument'])
  expect(await send(good.slice(0, 6))).toEqual([403, 'AccessDenied'])
  expect(await send(good.slice(0, 6), good.slice(6))).toEqual([400, 'InvalidArgument'])
  expect(await send(good)).toEqual([200, undefined])
  expect(await send(good)).toEqual([409, 'FileAlreadyExists'])
})

test('a policy expires', async () => {
  let now = Date.now()
  const clock = { now: () => now, sleep: () => systemClock.sleep(20) }
  const { provider } = await startSandbox(temporaryFolder(), { clock })
  await uploadTo(provider, await clip())
  now += 301_000
  // By its own clock the adapter's policy is still valid: it is refused and requests a new one.
  expect(await uploadTo(provider, await clip())).toMatch(/^oss:/)
})
