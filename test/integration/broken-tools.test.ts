import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { needsAttention } from '../../preload/contract'
import { createJobsHome } from '../support/jobs-home'
import { makeClip } from '../support/make-media'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

/** A limit for a hang. */
const patient = { timeout: 60_000 }

/** An executable that crashes whatever it is asked. */
const crashing = (): string => {
  const file = path.join(temporaryFolder(), 'crashes')
  writeFileSync(file, '#!/bin/sh\nkill -SEGV $$\n', { mode: 0o755 })
  return file
}
const missing = (): string => path.join(temporaryFolder(), 'missing')

const cases = [
  ['ffprobe is missing', 'ffprobePath', missing, 'could not be started'],
  ['ffprobe crashes', 'ffprobePath', crashing, 'is not ffprobe'],
  ['ffmpeg is missing', 'ffmpegPath', missing, 'could not be started'],
  ['ffmpeg crashes', 'ffmpegPath', crashing, 'is not ffmpeg'],
] as const

// A script stands for the tool.
describe.skipIf(process.platform === 'win32')('where', () => {
  it.each(cases)(
    '%s, a downloaded result is kept, and saved without another download once it works',
    async (_what, setting, tool) => {
      const { open, submit, server } = await createJobsHome({ words: ['SUCCEEDED'] })
      const { jobs, settings } = await open()
      const path = tool()
      const forget = jobs.onChange(({ state }) => {
        if (state !== 'downloading') return
        forget()
        settings.set({ [setting]: path })
      })
      const id = await submit()
      jobs.start()
      const job = () => jobs.get(id) ?? { state: 'saved' as const, failure: null }
      await expect.poll(() => needsAttention(job()), patient).toBe(true)
      expect(job().failure?.text).toMatchObject({ key: 'job.unchecked' })
      expect(readFileSync(String(job().failure?.text.values['file']))).toEqual(server.result)
      settings.set({ [setting]: null })
      await expect.poll(() => job().state, patient).toBe('saved')
      expect(server.calls).toMatchObject({ create: 1, download: 1 })
    },
  )

  it.each(cases)(
    '%s, check and prepare say so, and blame no file',
    async (_what, setting, tool, says) => {
      const home = temporaryFolder()
      writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ [setting]: tool() }))
      const clip = await makeClip()
      const output = path.join(home, 'out.mp4')
      const commands = [['prepare', clip, '-o', output, '--end', '2']]
      if (setting === 'ffprobePath') commands.push(['check', clip])
      for (const command of commands) {
        const { code, stderr, stdout } = await runInProcess(['--home', home, ...command])
        expect({ code, said: stderr + stdout }).toEqual({
          code: 1,
          said: expect.stringContaining(says),
        })
        expect(stderr + stdout).not.toMatch(/damaged|index is missing|\n\s+at /)
      }
    },
  )
})
