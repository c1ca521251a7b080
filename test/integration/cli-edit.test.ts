import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startCli } from '../support/cli-process'
import { type ServerOptions, startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const oneJob = z.object({
  id: z.string(),
  state: z.string(),
  provider: z.string(),
  path: z.string().nullable(),
  taskId: z.string().nullable(),
})

/** A new home with a fast Sandbox. */
const place = () => {
  const home = temporaryFolder()
  const env: NodeJS.ProcessEnv = { RESHOOT_HOME: home, RESHOOT_SANDBOX_SPEED: '20' }
  const run = (...argv: string[]) => runInProcess(argv, { env })
  const jobs = async () => (await run('jobs', '--json')).documents().map((job) => oneJob.parse(job))
  return { home, env, run, jobs }
}

const strictServer = async (options: ServerOptions = {}) => {
  const result = readFileSync(await makeClip())
  const server = await startDashScopeServer({ words: ['SUCCEEDED'], result, ...options })
  onTestFinished(() => server.stop())
  return server
}

describe('reshoot edit in the Sandbox', () => {
  it('waits, saves the result, and lists job and result', async () => {
    const { home, run, jobs } = place()
    const image = await makeImage()
    const edit = await run(
      'edit',
      await makeClip(),
      '--prompt',
      'black and white',
      '--image',
      image,
      '--seed',
      '7',
    )
    expect(edit).toMatchObject({ code: 0 })
    expect(edit.stderr).toContain('Using the Sandbox: local effects, no AI, free.')
    const saved = /^Saved: (.*)$/m.exec(edit.stdout)?.[1] ?? ''
    expect(path.dirname(saved)).toBe(path.join(home, 'library'))
    expect((await run('check', '--json', saved)).documents()).toMatchObject([{ verdict: 'pass' }])
    expect(await jobs()).toMatchObject([{ state: 'saved', provider: 'sandbox', path: saved }])
    expect((await run('library', '--json')).documents()).toMatchObject([
      {
        path: saved,
        prompt: 'black and white',
        images: [path.basename(image)],
        options: { seed: 7 },
      },
    ])
    expect((await run('library')).stdout).toBe(`${saved}\n`)
  })

  it('cuts before it uploads, so that only the cut is sent and estimated', async () => {
    const { home, run } = place()
    const clip = await makeClip({ seconds: 12, sound: 'tone' })
    expect((await run('edit', clip, '--prompt', 'warm')).code).toBe(1)
    const edit = await run('edit', clip, '--prompt', 'warm', '--cut', '4')
    expect(edit).toMatchObject({ code: 0 })
    const [sent] = readdirSync(path.join(home, 'sent'))
    const checked = await run('check', '--json', path.join(home, 'sent', sent ?? ''))
    expect(checked.documents()).toMatchObject([{ verdict: 'pass', facts: { duration: 4 } }])
    // Nothing is left for the service to cut.
    expect((await run('library', '--json')).documents()).toMatchObject([{ options: { cut: 0 } }])
    const short = await makeClip({ seconds: 5 })
    expect(await run('edit', short, '--prompt', 'warm', '--cut', '6')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('but the clip is only 5 s long'),
    })
    expect((await run('edit', short, '--prompt', 'warm', '--cut', '5')).code).toBe(0)
  })

  it('with --json writes one document and nothing else', async () => {
    const { run } = place()
    const edit = await run('edit', await makeClip(), '--prompt', 'warm', '--json')
    expect(edit.code).toBe(0)
    const [job, ...others] = edit.documents().map((document) => oneJob.parse(document))
    expect(others).toEqual([])
    expect(job?.state).toBe('saved')
    expect(existsSync(job?.path ?? '')).toBe(true)
  })

  it('lists every result, also after the database was damaged', async () => {
    const { home, run } = place()
    const saved = (await run('edit', await makeClip(), '--prompt', 'warm')).stdout
    writeFileSync(path.join(home, 'reshoot.db'), 'rubbish')
    for (const suffix of ['-wal', '-shm'])
      rmSync(path.join(home, `reshoot.db${suffix}`), { force: true })
    expect(await run('jobs')).toMatchObject({ code: 0, stdout: '' })
    const other = (await run('edit', await makeClip(), '--prompt', 'sketch')).stdout
    const listed = (await run('library')).stdout
    for (const line of [saved, other]) expect(listed).toContain(line.replace('Saved: ', ''))
  })

  it('prints why a job failed and exits with 1', async () => {
    const { run } = place()
    const edit = await run('edit', await makeClip(), '--prompt', '[moderation] something')
    expect(edit).toMatchObject({ code: 1, stdout: '' })
    expect(edit.stderr).toContain('failed')
    expect(edit.stderr).not.toMatch(/\n\s+at /)
    const listed = (await run('jobs')).stdout.split('\n')
    expect(listed).toHaveLength(3)
    expect(listed[1]).toMatch(
      /^ {2}The content check rejected .*\. Change the prompt or a file, .*\.$/,
    )
  })

  it('prints no explanation when --provider names it', async () => {
    const { run } = place()
    const words = ['--prompt', 'warm', '--provider', 'sandbox', '--no-wait']
    const edit = await run('edit', await makeClip(), ...words)
    expect(edit).toMatchObject({ code: 0, stderr: expect.not.stringContaining('no AI') })
  })

  it('with --no-wait leaves the job to resume', async () => {
    const { run, jobs } = place()
    const edit = await run('edit', await makeClip(), '--prompt', 'warm', '--no-wait')
    expect(edit.code).toBe(0)
    expect(edit.stderr).toContain('reshoot resume')
    const [before] = await jobs()
    expect(before?.taskId).not.toBeNull()
    const resume = await run('resume')
    expect(resume.code).toBe(0)
    expect(resume.stdout).toContain('Saved: ')
    expect(await jobs()).toMatchObject([{ id: before?.id, state: 'saved', taskId: before?.taskId }])
    expect(await run('resume')).toMatchObject({ code: 0, stdout: '' })
  })
})

describe('reshoot edit refuses', () => {
  it.each([
    [
      'a clip that can be fixed, and prints how',
      async () => [await makeClip({ seconds: 12 }), '--prompt', 'x'],
      /duration[\s\S]*reshoot prepare .* -o .*-ready\.mp4/,
    ],
    [
      'a clip that cannot',
      async () => [await makeClip({ seconds: 1 }), '--prompt', 'x'],
      /duration/,
    ],
    [
      'an image in place of a clip',
      async () => [await makeImage(), '--prompt', 'x'],
      /is not a video/,
    ],
    [
      'a clip in place of an image',
      async () => [await makeClip(), '--prompt', 'x', '--image', await makeClip()],
      /is not an image/,
    ],
    [
      'an image that does not pass',
      async () => [
        await makeClip(),
        '--prompt',
        'x',
        '--image',
        await makeImage({ width: 100, height: 100 }),
      ],
      /width/,
    ],
    [
      'options that the provider does not accept',
      async () => [await makeClip(), '--prompt', 'x', '--provider', 'evolink', '--seed', '0'],
      /seed: .*from 1 to/,
    ],
    [
      'a cut longer than the clip',
      async () => [await makeClip(), '--prompt', 'x', '--cut', '9'],
      /cut/,
    ],
    [
      'a provider without a key',
      async () => [await makeClip(), '--prompt', 'x', '--provider', 'dashscope'],
      /No key[\s\S]*Get a key at https:\S+\/api-key, [\s\S]*set DASHSCOPE_API_KEY/,
    ],
    [
      'a provider that needs URLs, without a bucket',
      async () => [await makeClip(), '--prompt', 'x', '--provider', 'aivideoapi'],
      /set up a bucket[\s\S]*RESHOOT_S3_BUCKET/i,
    ],
  ])('%s', async (_name, words, reason) => {
    const { run, jobs } = place()
    const edit = await run('edit', ...(await words()))
    expect(edit).toMatchObject({ code: 1, stdout: '' })
    expect(edit.stderr).toMatch(reason)
    expect(edit.stderr).not.toMatch(/\n\s+at /)
    expect(await jobs()).toEqual([])
  })

  it('when the library folder cannot be written, before a job exists', async () => {
    const { home, run, jobs } = place()
    const libraryFolder = path.join(home, 'reshoot.db', 'library')
    writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ libraryFolder }))
    const edit = await run('edit', await makeClip(), '--prompt', 'x')
    expect(edit).toMatchObject({ code: 1, stdout: '' })
    const said =
      /^Cannot write to the library folder .*reshoot\.db\/library\.\nChoose another .* Settings\.\n$/
    expect(edit.stderr).toMatch(said)
    expect(await jobs()).toEqual([])
  })

  it('with one document for programs', async () => {
    const { run } = place()
    const edit = await run('edit', await makeClip({ seconds: 12 }), '--prompt', 'x', '--json')
    expect(edit.documents()).toMatchObject([
      {
        error: {
          message: expect.any(String),
          findings: [{ rule: 'duration', level: 'fail', remedy: 'trim' }],
        },
      },
    ])
  })
})

describe('an edit without a prompt', () => {
  it('is accepted with a reference image, as in the window', async () => {
    const { run } = place()
    const image = await makeImage({ width: 100, height: 100 })
    const edit = await run('edit', await makeClip(), '--prompt', '', '--image', image)
    expect(edit.code).toBe(1)
    expect(edit.stderr).not.toContain('--prompt')
  })
})

describe('reshoot edit with a DashScope key', () => {
  it('uses DashScope by default, without a violation', async () => {
    const { home, env, run, jobs } = place()
    const server = await strictServer()
    Object.assign(env, { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url })
    const edit = await run(
      'edit',
      await makeClip(),
      '--prompt',
      '换成雪景',
      '--negative',
      'rain',
      '--quality',
      '1080p',
      '--ratio',
      '9:16',
      '--cut',
      '2',
      '--keep-audio',
      '--watermark',
      '--no-prompt-extend',
    )
    expect(edit.stderr).not.toContain('failed')
    // 2 s of clip and 2 s of result, 0.15 USD each.
    expect(edit.stderr).toContain('Estimated cost with DashScope Singapore: 0.6 USD')
    expect(edit.stderr).toMatch(/\nBilled: .* USD\.\n$/)
    expect((await run('jobs')).stdout.split('\n')).toEqual([
      expect.stringContaining('Saved'),
      expect.stringMatching(/^ {2}Billed: .* USD\.$/),
      '',
    ])
    expect(edit.code).toBe(0)
    expect(server.violations).toEqual([])
    expect(server.calls.create).toBe(1)
    expect(server.bodies).toMatchObject([
      {
        input: { prompt: '换成雪景', negative_prompt: 'rain' },
        parameters: {
          resolution: '1080P',
          ratio: '9:16',
          duration: 0, // the clip was cut before the upload
          audio_setting: 'origin',
          watermark: true,
          prompt_extend: false,
        },
      },
    ])
    expect(await jobs()).toMatchObject([{ provider: 'dashscope', state: 'saved' }])
    for (const file of readdirSync(home, { recursive: true, withFileTypes: true }))
      if (file.isFile()) {
        const text = readFileSync(path.join(file.parentPath, file.name), 'latin1')
        expect(text.includes(server.key), file.name).toBe(false)
      }
  })

  it('continues after Ctrl-C and is never submitted twice', async () => {
    const { env, run, jobs } = place()
    const server = await strictServer()
    Object.assign(env, { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url })
    const edit = await startCli(['edit', await makeClip(), '--prompt', 'snow'], { env })
    await edit.says('Waiting')
    edit.child.kill('SIGINT')
    expect(await edit.ended).toBe(130)
    expect(edit.stderr()).toContain('reshoot resume')
    expect(await jobs()).toMatchObject([{ state: 'pending' }])
    expect(await run('resume')).toMatchObject({ code: 0 })
    expect(await jobs()).toMatchObject([{ state: 'saved' }])
    expect(server.calls.create).toBe(1)
  })

  it('prints the state of the job when stopped, and its end when resumed', async () => {
    const { env, run, jobs } = place()
    const server = await strictServer()
    Object.assign(env, { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url })
    const words = ['edit', await makeClip(), '--prompt', 'snow', '--json']
    const edit = await startCli(words, { env })
    await edit.says('Waiting')
    edit.child.kill('SIGINT')
    expect(await edit.ended).toBe(130)
    const stopped = edit.stdout().trimEnd().split('\n')
    const [job] = stopped.map((line) => oneJob.parse(JSON.parse(line)))
    expect(stopped).toHaveLength(1)
    expect(job).toMatchObject({ state: 'pending', path: null })
    const resume = await run('resume', '--json')
    expect(resume.code).toBe(0)
    const documents = resume.documents().map((document) => oneJob.parse(document))
    expect(documents).toMatchObject([{ id: job?.id, state: 'saved' }])
    expect(documents).toEqual(await jobs())
  })

  it('stopped before submission prints that, as text and as JSON', async () => {
    const { run, jobs, env } = place()
    const words = ['edit', await makeClip(), '--prompt', 'snow', '--json']
    const edit = await runInProcess(words, { env, signal: AbortSignal.abort() })
    expect(edit.code).toBe(130)
    expect(edit.stderr).toBe('Stopped. Nothing was submitted.\n')
    expect(edit.documents()).toMatchObject([
      { error: { message: 'Stopped. Nothing was submitted.', findings: [] } },
    ])
    expect(await jobs()).toEqual([])
    expect((await run('resume')).stderr).toContain('No unfinished jobs')
  })
})

describe('a home that cannot be used', () => {
  it('prints a sentence and exits with 1', async () => {
    const run = await runInProcess(['jobs', '--home', import.meta.filename])
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toMatch(/^Cannot store data in .*--home\.\n$/)
  })
})

describe('reshoot cancel', () => {
  it('accepts the beginning of an id while the task is pending', async () => {
    const { env, run, jobs } = place()
    const server = await strictServer({ words: ['PENDING'] })
    Object.assign(env, { DASHSCOPE_API_KEY: server.key, RESHOOT_DASHSCOPE_URL: server.url })
    await run('edit', await makeClip(), '--prompt', 'x', '--no-wait')
    const [job] = await jobs()
    const cancel = await run('cancel', job?.id.slice(0, 6) ?? '', '--json')
    expect(cancel.stderr).toBe('')
    expect(cancel.code).toBe(0)
    expect(cancel.documents()).toMatchObject([{ id: job?.id, state: 'cancelled' }])
    expect(await jobs()).toMatchObject([{ state: 'cancelled' }])
    expect(await run('cancel', job?.id ?? '')).toMatchObject({ code: 1 })
  })

  it('reports an unknown job', async () => {
    const { run } = place()
    const cancel = await run('cancel', 'abc')
    expect(cancel.code).toBe(1)
    expect(cancel.stderr).toContain('There is no job abc')
  })
})
