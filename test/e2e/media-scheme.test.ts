import { expect, test } from 'vitest'
import { type App, launchApp } from '../support/app'
import { accepted, addAndCheck } from '../support/app-verbs'
import { makeClip } from '../support/make-media'

const playUrl = async (app: App, path: string): Promise<string> => {
  const [item] = await addAndCheck(app, [path])
  const answer = await app.page.evaluate(
    (id) => window.reshoot.media.playUrl({ id, operationId: `play-${id}` }),
    item?.id ?? '',
  )
  return accepted(answer).url
}

test('a clip plays and seeks to exact times', async () => {
  await using app = await launchApp()
  const url = await playUrl(app, await makeClip({ seconds: 8, rate: 25, sound: 'tone' }))
  const times = await app.page.evaluate(async (source) => {
    const video = document.createElement('video')
    video.muted = true
    video.src = source
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve
      video.onerror = () => reject(new Error(video.error?.message))
    })
    const seen: number[] = []
    for (const time of [4.2, 7.5, 0.5, 6]) {
      video.currentTime = time
      await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }))
      seen.push(video.currentTime)
    }
    return seen
  }, url)
  expect(times).toEqual([4.2, 7.5, 0.5, 6])
})

test('byte ranges of a clip are served', async () => {
  await using app = await launchApp()
  const url = await playUrl(app, await makeClip({ seconds: 3 }))
  const answers = await app.electron.evaluate(async ({ net }, address) => {
    const ask = async (range: string) => {
      const response = await net.fetch(address, { headers: { range } })
      const { byteLength } = await response.arrayBuffer()
      return [response.status, byteLength, response.headers.get('content-range')?.split('/')[0]]
    }
    return [await ask('bytes=0-99'), await ask('bytes=10-10'), (await ask('bytes=999999999-'))[0]]
  }, url)
  expect(answers).toEqual([[206, 100, 'bytes 0-99'], [206, 1, 'bytes 10-10'], 416])
})

test('the path of a file never reaches the page', async () => {
  await using app = await launchApp()
  const clip = await makeClip({ seconds: 3 })
  expect(await playUrl(app, clip)).not.toContain('reshoot-test-media')
})
