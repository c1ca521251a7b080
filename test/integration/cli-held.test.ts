import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../main/cli/run-cli'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const oneJob = z.object({
  id: z.string(),
  state: z.string(),
  taskId: z.string().nullable(),
  needsAttention: z.boolean(),
})

/** A new home, and a folder for results that can be blocked: a file lies in its place. */
const place = (more: NodeJS.ProcessEnv = {}) => {
  const home = temporaryFolder()
  const env: NodeJS.ProcessEnv = { RESHOOT_HOME: home, RESHOOT_SANDBOX_SPEED: '20', ...more }
  const run = (...argv: string[]) => runInProcess(argv, { env })
  const jobs = async () => (await run('jobs', '--json')).documents().map((job) => oneJob.parse(job))
  const onlyJob = async () => {
    const [job, ...others] = await jobs()
    if (!job || others.length > 0) throw new Error('one job expected')
    return job
  }
  const library = path.join(home, 'library')
  const block = () => {
    renameSync(library, `${library}-elsewhere`)
    writeFileSync(library, '')
  }
  const unblock = () => {
    rmSync(library)
    renameSync(`${library}-elsewhere`, library)
  }
  return { home, env, run, jobs, onlyJob, block, unblock }
}

/** A home whose provider is a strict DashScope, and a clip. */
const withService = async () => {
  const result = readFileSync(await makeClip())
  const server = await startDashScopeServer({ words: ['SUCCEEDED'], result })
  onTestFinished(() => server.stop())
  const env = { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url }
  const here = place(env)
  const edit = async (...more: string[]) =>
    await here.run('edit', await makeClip(), '--prompt', 'snow', ...more)
  /** Submits an edit whose create never arrives and gets no answer. */
  const loseEdit = async () => {
    server.next('create', { kind: 'reset' })
    const lost = await edit('--no-wait', '--json')
    expect(lost.code).toBe(1)
    return oneJob.parse(lost.documents()[0])
  }
  return { ...here, server, edit, loseEdit }
}

/** Runs a command at a terminal that gives one answer. */
const atTerminal = async (env: NodeJS.ProcessEnv, answer: string, ...argv: string[]) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stderr = Object.assign(new PassThrough(), { isTTY: true })
  stdin.write(`${answer}\n`)
  const { signal } = new AbortController()
  const context = { env: { LANG: 'en_US.UTF-8', ...env }, cwd: '.', stdin, stderr, signal }
  const code = await runCli(argv, { ...context, stdout: new PassThrough() })
  return { code, said: String(stderr.read() ?? '') }
}

describe('a job whose key stops working', () => {
  it('is held, and retry saves its result with a working key, without another create', async () => {
    const { run, onlyJob, server, edit, env } = await withService()
    expect(await edit('--no-wait')).toMatchObject({ code: 0 })
    env.DASHSCOPE_API_KEY = 'sk-mistyped'
    const resume = await run('resume')
    expect(resume.code).toBe(1)
    const { id, taskId } = await onlyJob()
    const short = id.slice(0, 8)
    expect(resume.stdout).toContain(`Job ${short} needs attention: `)
    expect(resume.stdout).toContain(`reshoot retry ${short}`)
    expect(resume.stdout).toContain('The provider keeps the result until ')
    expect(await onlyJob()).toMatchObject({ state: 'pending', needsAttention: true })
    expect((await run('jobs')).stdout).toMatch(/ {2}Needs attention {2}[\s\S]*reshoot retry/)

    const wrongAgain = await run('retry', short, '--json')
    expect(wrongAgain.code).toBe(1)
    expect(wrongAgain.documents()).toMatchObject([{ id, needsAttention: true }])
    const costly = await run('retry', short, '--submit')
    expect(costly).toMatchObject({ code: 1, stdout: '' })
    expect(costly.stderr).toContain('goes on with it, at no cost')

    env.DASHSCOPE_API_KEY = server.key
    expect(await run('retry', short)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Saved: /),
    })
    expect(await onlyJob()).toMatchObject({ state: 'saved', taskId, needsAttention: false })
    expect(server.calls.create).toBe(1)
    const again = await run('retry', short)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('Saved') })
  })
})

describe('a job whose result cannot be written', () => {
  it('ends edit with the reason and the command, and retry saves the result', async () => {
    const { env, run, onlyJob, block, unblock } = place()
    let blocked = false
    const argv = ['edit', await makeClip(), '--prompt', 'black and white']
    const edit = await runInProcess(argv, {
      env,
      onProgress: (said) => {
        if (blocked || !said.includes('Running')) return
        blocked = true
        block()
      },
    })
    expect(edit).toMatchObject({ code: 1, stdout: '' })
    expect(edit.stderr).toMatch(/needs attention: Cannot write to the library folder/)
    const { id, taskId } = await onlyJob()
    expect(edit.stderr).toContain(`reshoot retry ${id.slice(0, 8)}`)
    unblock()
    expect(await run('retry', id)).toMatchObject({ code: 0 })
    expect(await onlyJob()).toMatchObject({ state: 'saved', taskId })
  })
})

describe('reshoot retry', () => {
  it('refuses a job without a task, and with --submit sends it as a new job', async () => {
    const { run, jobs, server, loseEdit } = await withService()
    const { id } = await loseEdit()
    await run('settle', id, '--never-arrived')
    const refused = await run('retry', id)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`reshoot retry ${id.slice(0, 8)} --submit`)
    expect(server.calls.create).toBe(1)
    expect(await run('retry', id, '--submit')).toMatchObject({ code: 0 })
    expect(server.calls.create).toBe(2)
    expect(await jobs()).toMatchObject([{ state: 'saved' }, { id, state: 'failed' }])
  })

  it('asks about a cost above the limit', async () => {
    const { home, run, jobs, loseEdit, server } = await withService()
    const { id } = await loseEdit()
    await run('settle', id, '--never-arrived')
    const spending = { USD: 0.01, CNY: 1, credits: 1 }
    writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ spending }))
    const refused = await run('retry', id, '--submit')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(await jobs()).toHaveLength(1)
    expect(await run('retry', id, '--submit', '--yes', '--no-wait')).toMatchObject({ code: 0 })
    expect(server.calls.create).toBe(2)
  })
})

describe('a job that nobody knows to have arrived', () => {
  it('is settled by its task, which is fetched; another job cannot have it too', async () => {
    const { run, jobs, server, loseEdit } = await withService()
    const first = await loseEdit()
    for (const command of ['cancel', 'retry']) {
      const refused = await run(command, first.id)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain(`reshoot settle ${first.id.slice(0, 8)} --help`)
    }
    expect((await run('jobs')).stdout).toContain(`reshoot settle ${first.id.slice(0, 8)}`)
    const task = server.addTask()
    const settled = await run('settle', first.id, '--task', ` ${task.id} `, '--json')
    expect(settled.code).toBe(0)
    expect(settled.documents()).toMatchObject([
      { id: first.id, state: 'saved', taskId: task.id, needsAttention: false },
    ])
    const second = await loseEdit()
    const taken = await run('settle', second.id, '--task', task.id)
    expect(taken).toMatchObject({ code: 1, stdout: '' })
    expect(taken.stderr).toContain(`The task ${task.id} belongs to another job.`)
    expect(await jobs()).toMatchObject([{ state: 'uncertain' }, { state: 'saved' }])
    expect(await run('settle', first.id, '--never-arrived')).toMatchObject({ code: 1 })
  })

  it('is sent again only when told so', async () => {
    const { run, jobs, server, loseEdit } = await withService()
    const { id } = await loseEdit()
    expect(await run('settle', id, '--submit-again')).toMatchObject({ code: 0 })
    expect(server.calls.create).toBe(2)
    expect(await jobs()).toMatchObject([{ state: 'saved' }, { id, state: 'cancelled' }])
  })

  it('is looked for again', async () => {
    const { run, onlyJob, server, loseEdit } = await withService()
    const { id } = await loseEdit()
    const task = server.addTask()
    expect(await run('settle', id, '--look-again')).toMatchObject({ code: 0 })
    expect(await onlyJob()).toMatchObject({ state: 'saved', taskId: task.id })
    expect(server.calls.create).toBe(1)
  })
})

describe('reshoot forget', () => {
  it('refuses a running job, and asks about one that may have a paid result', async () => {
    const { env, run, jobs, onlyJob, server, edit } = await withService()
    await edit('--no-wait')
    const { id } = await onlyJob()
    const running = await run('forget', id, '--yes')
    expect(running).toMatchObject({ code: 1, stderr: expect.stringContaining('reshoot cancel') })

    env.DASHSCOPE_API_KEY = 'sk-mistyped'
    await run('resume')
    const unasked = await run('forget', id)
    expect(unasked).toMatchObject({ code: 1, stdout: '' })
    expect(unasked.stderr).toMatch(/cannot be fetched\. The provider keeps the result until .*\n/)
    expect(unasked.stderr).toContain('--yes')
    const no = await atTerminal(env, 'n', 'forget', id)
    expect(no).toMatchObject({ code: 1, said: expect.stringContaining('Forget it anyway? [y/N]') })
    expect(await jobs()).toHaveLength(1)
    expect(await atTerminal(env, 'y', 'forget', id)).toMatchObject({ code: 0 })
    expect(await jobs()).toEqual([])
    expect(server.calls.create).toBe(1)
  })

  it('removes ended jobs by their beginning without a question, all or none', async () => {
    const { run, jobs } = place()
    for (const prompt of ['warm', 'sketch']) await run('edit', await makeClip(), '--prompt', prompt)
    const ids = (await jobs()).map(({ id }) => id.slice(0, 8))
    expect(await run('forget', ...ids, 'nobody')).toMatchObject({ code: 1, stdout: '' })
    expect(await jobs()).toHaveLength(2)
    const forgotten = await run('forget', ...ids, '--json')
    expect(forgotten.code).toBe(0)
    expect(forgotten.documents()).toHaveLength(2)
    expect(await jobs()).toEqual([])
    expect((await run('library', '--json')).documents()).toHaveLength(2)
  })
})
