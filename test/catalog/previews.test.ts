import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createMediaPreviews } from '../../main/catalog/previews'
import type { Facts } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'

const facts: Facts = { kind: 'other', format: null, bytes: 1, unreadable: null }
const unused = async (): Promise<never> => {
  throw new Error('not expected')
}

it('waveforms and scenes are made once, also for requests at the same time, and kept', async () => {
  const folder = path.join(temporaryFolder(), 'not there yet')
  let runs = 0
  const media = {
    waveform: async () => ({ perSecond: 200, peaks: [0.5, ++runs] }),
    sceneChanges: async () => [1, ++runs],
    filmstrip: unused,
    proxy: unused,
    scrubCopy: unused,
  }
  const folders = { filmstrips: folder, proxies: folder }
  const previews = createMediaPreviews({ media, folders })
  const file = await makeClip()
  const [one, two] = await Promise.all([
    previews.waveform({ file, facts }),
    previews.waveform({ file, facts }),
  ])
  expect([one, two]).toEqual(Array(2).fill({ perSecond: 200, peaks: [0.5, 1] }))
  expect(await previews.scenes({ file, facts, track: 0 })).toEqual({ seconds: [1, 2] })
  expect(existsSync(folder)).toBe(true)

  const later = createMediaPreviews({ media, folders })
  expect(await later.waveform({ file, facts })).toEqual(one)
  expect(await later.scenes({ file, facts, track: 0 })).toEqual({ seconds: [1, 2] })
  expect(runs).toBe(2)
})
