import { describe, expect, test } from 'vitest'
import { createMediaTools } from '../../../main/media/create-media-tools'
import { scenesIn } from '../../../main/media/previews/scene-changes'
import { Peaks } from '../../../main/media/previews/waveform'
import { withLateTracks } from '../../support/late-tracks'
import { cachedFile, ffmpeg, makeClip } from '../../support/make-media'
import { testTools } from '../../support/test-tools'

const tools = createMediaTools(testTools)

describe('a waveform', () => {
  test('is loud where the clip beeps', async () => {
    const path = await makeClip({ seconds: 4, sound: 'beeps' })
    const { peaks, perSecond } = await tools.waveform(path, await tools.inspect(path))
    expect(peaks.length / perSecond).toBeCloseTo(4, 1)
    const loudest = (from: number, to: number) =>
      Math.max(...peaks.slice(Math.round(from * perSecond), Math.round(to * perSecond)))
    for (const second of [1, 2, 3]) {
      expect(loudest(second, second + 0.05)).toBeGreaterThan(0.7)
      expect(loudest(second + 0.1, second + 0.95)).toBeLessThan(0.05)
    }
  })

  test('of a clip whose audio begins late begins with silence', async () => {
    const path = await withLateTracks({ seconds: 4, sound: 'tone' }, { sound: 1 })
    const { peaks, perSecond } = await tools.waveform(path, await tools.inspect(path))
    expect(Math.max(...peaks.slice(0, Math.floor(0.9 * perSecond)))).toBe(0)
    expect(Math.max(...peaks.slice(Math.floor(1.2 * perSecond)))).toBeGreaterThan(0.1)
  })

  test('of a clip without audio is empty', async () => {
    const path = await makeClip()
    expect((await tools.waveform(path, await tools.inspect(path))).peaks).toEqual([])
  })

  test('of a long clip stays small', () => {
    const peaks = new Peaks(1)
    const second = Buffer.alloc(16_000 * 2)
    second.writeInt16LE(-32_768, 8000)
    for (let at = 0; at < 600; at++) {
      peaks.add(second.subarray(0, 7001))
      peaks.add(second.subarray(7001))
    }
    const found = peaks.get()
    expect(found.peaks.length).toBeLessThanOrEqual(20_000)
    expect(found.peaks.length / found.perSecond).toBeCloseTo(600, 0)
    expect(found.peaks.filter((peak) => peak === 1).length).toBe(600)
  })
})

describe('scene changes', () => {
  test('are the first frames of new scenes', async () => {
    const path = await cachedFile({ scenes: 1 }, 'scenes.mp4', (made) =>
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        'testsrc=s=320x240:d=1.52',
        '-f',
        'lavfi',
        '-i',
        'color=red:s=320x240:d=1.12',
        '-f',
        'lavfi',
        '-i',
        'mandelbrot=s=320x240:r=25,trim=duration=2',
        '-filter_complex',
        '[0][1][2]concat=n=3:v=1,format=yuv420p',
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        made,
      ),
    )
    const found = await tools.sceneChanges(path, await tools.inspect(path))
    expect(found.slice(0, 2).map((time) => Math.round(time * 25))).toEqual([38, 66])
    expect(found).toEqual([...found].sort((a, b) => a - b))
  })

  test('are empty if nothing changes', async () => {
    const path = await makeClip()
    expect(await tools.sceneChanges(path, await tools.inspect(path))).toEqual([])
  })

  test('of a flickering clip are limited', () => {
    const printed = Array.from({ length: 9000 }, (_, at) => `frame:${at} pts:1 pts_time:${at}.5\n`)
    expect(scenesIn(printed.join(''))).toHaveLength(2000)
  })
})
