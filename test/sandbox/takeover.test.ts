import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../main/clock'
import { makeClip } from '../support/make-media'
import { call, follow, runFfmpeg, startSandbox, submit } from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'

/** The id of a process that has exited. */
const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', '0'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  await once(child, 'exit')
  return child.pid ?? 0
}

/** A task in state RUNNING that belongs to the process `pid`. */
const taskOf = async (folder: string, pid: number, leaseUntil: number): Promise<string> => {
  const first = await startSandbox(folder, { speed: 1 })
  const taskId = await submit(first.provider, { clip: await makeClip({ seconds: 2 }) })
  await first.sandbox.stop()
  const database = new DatabaseSync(join(folder, 'sandbox.db'))
  database
    .prepare("UPDATE tasks SET status = 'RUNNING', owner = 'other', owner_pid = ?, lease_until = ?")
    .run(pid, leaseUntil)
  database.close()
  return taskId
}

test('another process continues the task of a killed one at once', async () => {
  const folder = temporaryFolder()
  const taskId = await taskOf(folder, await deadPid(), Date.now() + 3_600_000)
  const { provider } = await startSandbox(folder)
  expect((await follow(provider, taskId)).last.status).toBe('succeeded')
})

test('a running process keeps its task until its lease expires', async () => {
  const folder = temporaryFolder()
  let ahead = 0
  let rounds = 0
  const clock = {
    now: () => Date.now() + ahead,
    sleep: () => {
      rounds += 1
      return systemClock.sleep(10)
    },
  }
  const taskId = await taskOf(folder, process.ppid, Date.now() + 3_600_000)
  let runs = 0
  const { provider } = await startSandbox(folder, {
    clock,
    runFfmpeg: (args, work) => {
      runs += 1
      return runFfmpeg(args, work)
    },
  })
  // The worker has looked for tasks several times.
  await expect.poll(() => rounds).toBeGreaterThan(5)
  expect((await provider.query(taskId, call())).status).toBe('running')
  expect(runs).toBe(0)
  ahead = 3_601_000
  expect((await follow(provider, taskId)).last.status).toBe('succeeded')
  expect(runs).toBe(1)
})

test('deletes a task and its result after a day', async () => {
  const folder = temporaryFolder()
  const first = await startSandbox(folder)
  const clip = await makeClip({ seconds: 2 })
  const taskId = await submit(first.provider, { clip })
  const { last } = await follow(first.provider, taskId)
  if (last.status !== 'succeeded') throw new Error('not reached')
  await first.sandbox.stop()
  const tomorrow = {
    now: () => Date.now() + 25 * 3_600_000,
    sleep: () => systemClock.sleep(50),
  }
  const second = await startSandbox(folder, { clock: tomorrow })
  expect(await second.provider.query(taskId, call())).toMatchObject({ status: 'unknown' })
  expect(await second.provider.list?.('edit', call())).toMatchObject({ tasks: [] })
  const path = new URL(last.resultUrl)
  const old = await fetch(`${second.url}${path.pathname}${path.search}`)
  expect([403, 404]).toContain(old.status)
})

test('a task goes on after its lease could not be renewed, as on a full disk', async () => {
  const folder = temporaryFolder()
  const rendering = Promise.withResolvers<void>()
  const clock = { now: () => Date.now(), sleep: () => systemClock.sleep(10) }
  const { provider, problems } = await startSandbox(folder, {
    clock,
    runFfmpeg: async (args, work) => {
      await rendering.promise
      return await runFfmpeg(args, work)
    },
  })
  const taskId = await submit(provider, { clip: await makeClip({ seconds: 2 }) })
  await expect.poll(async () => (await provider.query(taskId, call())).status).toBe('running')
  const database = new DatabaseSync(join(folder, 'sandbox.db'), { timeout: 5_000 })
  onTestFinished(() => database.close())
  database.exec(`CREATE TRIGGER full BEFORE UPDATE OF lease_until ON tasks
    WHEN NEW.lease_until IS NOT NULL BEGIN SELECT RAISE(FAIL, 'disk is full'); END`)
  await expect.poll(() => problems.length).toBeGreaterThan(2)
  database.exec('DROP TRIGGER full')
  rendering.resolve()
  expect((await follow(provider, taskId)).last.status).toBe('succeeded')
})
