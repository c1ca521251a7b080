import { copyFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { makeSound, type SoundShape } from '../support/make-sound'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

/** A folder with these files; gives the commands in it. */
const inFolder = (files: Record<string, string>) => {
  const folder = temporaryFolder()
  for (const [name, file] of Object.entries(files)) copyFileSync(file, path.join(folder, name))
  return {
    folder,
    reshoot: (...words: string[]) => runInProcess(words, { cwd: folder }),
  }
}

const document = z.object({
  kind: z.string(),
  as: z.string().optional(),
  verdict: z.string(),
  findings: z.array(
    z.object({ rule: z.string(), level: z.string(), remedy: z.string().optional() }),
  ),
  facts: z.record(z.string(), z.unknown()),
})

const broken = (answer: unknown) => {
  const { verdict, findings, as } = document.parse(answer)
  const open = findings.filter(({ level }) => level === 'warn' || level === 'fail')
  return { verdict, as, open: open.map(({ rule, remedy }) => [rule, remedy]) }
}

const song = (shape: SoundShape = {}) => makeSound({ seconds: 12, extension: '.mp3', ...shape })

describe('reshoot check --as', () => {
  it('judges one file for each role, and says so in JSON', async () => {
    const { reshoot } = inFolder({ 'song.mp3': await song(), 'clip.mp4': await makeClip() })
    const judged = async (...words: string[]) => {
      const run = await reshoot('check', '--json', ...words)
      return { code: run.code, ...broken(run.documents()[0]) }
    }
    expect(await judged('song.mp3')).toEqual({ code: 0, verdict: 'pass', as: undefined, open: [] })
    expect(await judged('--as', 'sound', 'song.mp3')).toMatchObject({ code: 0, as: 'sound' })
    expect(await judged('--as', 'voice', 'song.mp3')).toEqual({
      ...{ code: 1, verdict: 'fail', as: 'voice' },
      open: [['duration', 'trim']],
    })
    expect(await judged('--as', 'first-frame', 'song.mp3')).toMatchObject({
      open: [['format', undefined]],
    })
    expect(await judged('--as', 'sound', 'clip.mp4')).toMatchObject({
      open: [['audio', undefined]],
    })
  })

  it('tells the facts of a sound with the documented keys (docs/preflight.md)', async () => {
    const { reshoot } = inFolder({ 'song.mp3': await song() })
    const run = await reshoot('check', '--json', 'song.mp3')
    const { kind, facts } = document.parse(run.documents()[0])
    expect(kind).toBe('sound')
    expect(facts).toEqual({
      ...{ format: 'mp3', codec: 'mp3', duration: expect.closeTo(12, 1), channels: 1 },
      ...{ sampleRate: 44_100, peak: expect.closeTo(-6, 0), bytes: expect.any(Number) },
    })
  })

  it('shows the command that mends the file, and the command mends it', async () => {
    const { folder, reshoot } = inFolder({
      'quiet song.flac': await makeSound({ seconds: 12, extension: '.flac', gain: -30 }),
    })
    const checked = await reshoot('check', '--as', 'voice', 'quiet song.flac')
    expect(checked.stdout).toContain('the model accepts WAV and MP3')
    expect(checked.stdout).toContain('12 s long; the maximum is 10 s. Trim to 10 s.')
    const hint = /prepare 'quiet song.flac' -o 'quiet song-ready.wav' --as voice/
    expect(checked.stderr).toMatch(hint)
    const made = await reshoot(
      ...['prepare', 'quiet song.flac', '-o', 'quiet song-ready.wav', '--as', 'voice'],
    )
    expect(made).toMatchObject({ code: 0, stderr: expect.not.stringContaining('fail') })
    expect(made.stdout).toContain('trimmed to 0.00–10.00 s, converted to WAV, made louder')
    const again = await reshoot('check', '--json', '--as', 'voice', 'quiet song-ready.wav')
    expect(broken(again.documents()[0])).toMatchObject({ verdict: 'pass', open: [] })
    expect(readdirSync(folder)).toHaveLength(2)
  })

  it('compares a last frame with the first, and prepare crops it', async () => {
    const { reshoot } = inFolder({
      'first.png': await makeImage({ format: 'png', width: 1280, height: 720 }),
      'last.png': await makeImage({ format: 'png', width: 800, height: 800 }),
      'song.mp3': await song(),
    })
    const asLast = ['--as', 'last-frame', '--first-frame', 'first.png']
    const checked = await reshoot('check', ...asLast, 'last.png')
    expect(checked).toMatchObject({ code: 0 })
    expect(checked.stdout).toContain(
      'The aspect ratio is 1:1, but that of the first frame is 1.78:1. Crop.',
    )
    expect(checked.stderr).toContain(`prepare last.png -o last-ready.png ${asLast.join(' ')}`)
    const made = await reshoot('prepare', 'last.png', '-o', 'ready.png', ...asLast, '--json')
    expect(made.documents()).toMatchObject([
      { written: true, verdict: 'pass', after: { width: 800, height: 450 } },
    ])
    const wrong = await reshoot(
      ...['check', '--as', 'last-frame', '--first-frame', 'song.mp3', 'last.png'],
    )
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('an image is needed here')
  })
})

describe('reshoot prepare of sounds', () => {
  it('keeps a part of a song', async () => {
    const { reshoot } = inFolder({ 'song.mp3': await song() })
    const run = await reshoot(
      ...['prepare', 'song.mp3', '-o', 'part.wav', '--start', '3', '--duration', '4.5', '--json'],
    )
    expect(run.documents()).toMatchObject([
      { written: true, selection: { start: 3, end: 7.5 }, after: { seconds: 4.5, format: 'wav' } },
    ])
  })

  it('takes the sound of a clip, as long as a voice may be', async () => {
    const { reshoot } = inFolder({ 'talk.mp4': await makeClip({ seconds: 12, sound: 'tone' }) })
    const run = await reshoot('prepare', 'talk.mp4', '-o', 'voice.wav', '--as', 'voice', '--json')
    expect(run.documents()).toMatchObject([
      { verdict: 'pass', after: { seconds: 10 }, remedies: ['sound-track'] },
    ])
  })

  it('refuses what cannot be mended, and an output of another kind', async () => {
    const { folder, reshoot } = inFolder({
      'short.mp3': await song({ seconds: 1 }),
      'song.mp3': await song(),
    })
    const brief = await reshoot('prepare', 'short.mp3', '-o', 'out.wav')
    expect(brief).toMatchObject({ code: 1, stdout: '' })
    expect(brief.stderr).toContain('Use a longer sound or part')
    const other = await reshoot('prepare', 'song.mp3', '-o', 'out.mp4')
    expect(other.stderr).toContain('must end in .wav')
    expect(readdirSync(folder)).toEqual(['short.mp3', 'song.mp3'])
  })

  it('copies a WAV that needs no change', async () => {
    const { reshoot } = inFolder({ 'a.wav': await makeSound() })
    const run = await reshoot('prepare', 'a.wav', '-o', 'b.wav', '--json')
    expect(run.documents()).toMatchObject([{ written: true, command: null, remedies: [] }])
  })
})
