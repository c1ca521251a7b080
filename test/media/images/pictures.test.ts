import { describe, expect, it, onTestFinished } from 'vitest'
import { createPictures, PictureError } from '../../../main/media/images/pictures'
import { inspectFile } from '../../../main/media/inspect'
import {
  forkWorker,
  type StartWorker,
  type Worker,
  type WorkerEvent,
} from '../../../main/tools/worker'
import { makeImage } from '../../support/make-media-images'
import { mediaFolder } from '../../support/media-folder'
import { sourceWorker } from '../../support/source-worker'
import { testTools } from '../../support/test-tools'

const { keep } = mediaFolder()
const minute = { timeout: 60_000 }

/** A process that does what the test says; tells how many were started and killed. */
const pretended = (onJob: (tell: (event: WorkerEvent) => void, started: number) => void) => {
  const count = { started: 0, killed: 0 }
  const start: StartWorker = (): Worker => {
    const mine = ++count.started
    let listener: ((event: WorkerEvent) => void) | null = null
    return {
      send: () => {
        listener?.(said('ready'))
        onJob((event) => listener?.(event), mine)
      },
      listen: (next) => {
        listener = next
      },
      keep: () => {},
      kill: () => {
        count.killed++
      },
    }
  }
  const pictures = createPictures(start)
  onTestFinished(pictures.stop)
  return { count, ask: pictures.ask }
}

const said = (message: unknown): WorkerEvent => ({ kind: 'message', message })
const small = { value: null, failed: null, bytes: 1 }
const job = { do: 'examine', path: '/nowhere' } as const

describe('the process of pictures', () => {
  it('examines a picture as this process does, and tells of one that it cannot write', async () => {
    const pictures = createPictures(sourceWorker('media/images/picture-process.ts'))
    onTestFinished(pictures.stop)
    const photo = await makeImage({ format: 'png', alpha: 'one-pixel', width: 640, height: 480 })
    const there = await inspectFile(photo, { ...testTools, pictures })
    expect(there).toMatchObject({ decodes: true, transparent: true, width: 640 })
    expect(there).toEqual(await inspectFile(photo, testTools))
    expect(await pictures.ask({ do: 'examine', path: '/nowhere' }, minute)).toBeNull()
    const poster = { do: 'poster', path: photo, output: '/nowhere/poster.jpg', side: 480 } as const
    await expect(pictures.ask(poster, minute)).rejects.toThrow(/nowhere/)
  })

  it('is killed when a picture takes too long, and the next one gets another', async () => {
    const { count, ask } = pretended((tell, started) => {
      if (started > 1) tell(said(small))
    })
    await expect(ask(job, { timeout: 1 })).rejects.toThrow(new PictureError('timeout'))
    expect(await ask(job, minute)).toBeNull()
    expect(count).toEqual({ started: 2, killed: 1 })
  })

  it('is killed when its caller gives up, with the reason', async () => {
    const controller = new AbortController()
    const { count, ask } = pretended(() => controller.abort(new Error('enough')))
    await expect(ask(job, { ...minute, signal: controller.signal })).rejects.toThrow('enough')
    expect(count.killed).toBe(1)
  })

  it('that cannot be started says nothing about the picture', async () => {
    const nowhere = createPictures(() => forkWorker('/nowhere/pictures.js'))
    onTestFinished(nowhere.stop)
    const asked = inspectFile(await makeImage(), { ...testTools, pictures: nowhere })
    await expect(asked).rejects.toMatchObject({ text: { key: 'media.tool-missing' } })
  })

  it('is replaced when it has grown, has died, or does not make sense', async () => {
    const answers: WorkerEvent[] = [
      said({ ...small, bytes: 2 ** 30 }),
      { kind: 'end' },
      said({ value: { width: '<script>' }, failed: null, bytes: 1 }),
      said(small),
      said(small),
    ]
    const { count, ask } = pretended((tell) => tell(answers.shift() ?? { kind: 'end' }))
    expect(await ask(job, minute)).toBeNull()
    await expect(ask(job, minute)).rejects.toThrow('ended')
    await expect(ask(job, minute)).rejects.toThrow('width')
    await ask(job, minute)
    await ask(job, minute)
    expect(count.started).toBe(4)
  })
})

describe('an animation of very many frames', () => {
  /** A WebP of 1 × 1 whose only frame is there again and again. */
  const bomb = async (frames: number) => {
    const chunk = (name: string, body: Buffer) => {
      const head = Buffer.alloc(8)
      head.write(name, 'latin1')
      head.writeUInt32LE(body.length, 4)
      return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
    }
    const pixel = Buffer.from('2f00000000073054a4fb1f', 'hex')
    const still = chunk('VP8L', pixel)
    const frame = chunk('ANMF', Buffer.concat([Buffer.alloc(16), still]))
    const body = Buffer.concat([
      Buffer.from('WEBP'),
      chunk('VP8X', Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
      chunk('ANIM', Buffer.alloc(6)),
      ...Array.from({ length: frames }, () => frame),
    ])
    return keep(chunk('RIFF', body), '.webp')
  }

  it.each([2001, 30_000])('%i are counted and never decoded', async (frames) => {
    const asked: unknown[] = []
    const pictures = {
      ask: async (asking: unknown) => {
        asked.push(asking)
        return null
      },
      stop: () => {},
    }
    const facts = await inspectFile(await bomb(frames), { ...testTools, pictures })
    expect(facts).toMatchObject({ format: 'webp', decodes: false, frames: 2001 })
    expect(asked).toEqual([])
  })

  it('a PNG that announces a million frames is not decoded either', async () => {
    const { pngBytes } = await import('../../support/make-png')
    const png = pngBytes({})
    const control = Buffer.alloc(20)
    control.writeUInt32BE(8, 0)
    control.write('acTL', 4, 'latin1')
    control.writeUInt32BE(1_000_000, 8)
    const path = await keep(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]), '.png')
    const facts = await inspectFile(path, testTools)
    expect(facts).toMatchObject({ decodes: false, frames: 1_000_000 })
  })
})
