import { expect, it } from 'vitest'
import { z } from 'zod'
import { makeImage } from '../support/make-media-images'
import { makeSound } from '../support/make-sound'
import { runInProcess } from '../support/run-cli'
import { inspect } from '../support/start-sandbox'
import { temporaryFolder } from '../support/temporary-folder'

const saved = z.object({ mode: z.string(), state: z.literal('saved'), path: z.string() })

const create = async (...words: string[]) => {
  const env = { RESHOOT_HOME: temporaryFolder(), RESHOOT_SANDBOX_SPEED: '100' }
  return await runInProcess(
    ['create', ...words, '--provider', 'sandbox', '--duration', '2', '--json'],
    { env },
  )
}

it('words with music become a video without a key and without a network', async () => {
  const run = await create('--prompt', 'a red boat', '--sound', await makeSound())
  expect(run).toMatchObject({ code: 0 })
  const job = saved.parse(run.documents().at(-1))
  expect(job.mode).toBe('text')
  expect(await inspect(job.path)).toMatchObject({ width: 1280, height: 720, audio: [{}] })
})

it('a sound of another format is refused with the command that converts it', async () => {
  const song = await makeSound({ extension: '.flac' })
  const run = await create('--prompt', 'a red boat', '--sound', song)
  expect(run).toMatchObject({ code: 1 })
  expect(run.stderr).toContain('the model accepts WAV and MP3')
  expect(run.stderr).toMatch(/prepare \S+sound\.flac -o \S+sound-ready\.wav --as sound/)
})

it('a last frame of another shape is a warning, and the video is made', async () => {
  const run = await create(
    ...['--first-frame', await makeImage({ format: 'png', width: 640, height: 360 })],
    ...['--last-frame', await makeImage({ format: 'png', width: 400, height: 400 })],
  )
  expect(run).toMatchObject({ code: 0 })
  expect(run.stderr).toContain('The aspect ratio is 1:1, but that of the first frame is 1.78:1')
  expect(saved.parse(run.documents().at(-1)).mode).toBe('image')
})
