import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createMediaOutlines } from '../../main/edits/media-outlines'
import type { Facts } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'

const facts: Facts = { kind: 'other', format: null, bytes: 1, unreadable: null }

it('waveforms and scenes are made once, also when asked for twice at a time, and kept', async () => {
  const folder = path.join(temporaryFolder(), 'not there yet')
  let runs = 0
  const media = {
    waveform: async () => ({ perSecond: 200, peaks: [0.5, ++runs] }),
    sceneChanges: async () => [1, ++runs],
  }
  const outlines = createMediaOutlines(media, folder)
  const file = await makeClip()
  const [one, two] = await Promise.all([
    outlines.waveform(file, facts),
    outlines.waveform(file, facts),
  ])
  expect([one, two]).toEqual(Array(2).fill({ perSecond: 200, peaks: [0.5, 1] }))
  expect(await outlines.scenes({ file, facts, track: 0 })).toEqual({ seconds: [1, 2] })
  expect(existsSync(folder)).toBe(true)

  const later = createMediaOutlines(media, folder)
  expect(await later.waveform(file, facts)).toEqual(one)
  expect(await later.scenes({ file, facts, track: 0 })).toEqual({ seconds: [1, 2] })
  expect(runs).toBe(2)
})
