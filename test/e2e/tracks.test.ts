import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { jobIn, libraryOf } from '../support/app-verbs'
import { probe } from '../support/probe'
import { editScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'
import { isBlue, makeTwoTracks } from '../support/two-tracks'

/** The size of the video of a test id, and whether its picture is more blue than red. */
const shownIn = (page: Page, testId: string) =>
  page
    .getByTestId(testId)
    .evaluate((element) => {
      if (!(element instanceof HTMLVideoElement) || element.readyState < 2) return null
      const canvas = new OffscreenCanvas(1, 1)
      const context = canvas.getContext('2d')
      context?.drawImage(element, 0, 0, 1, 1)
      const [red = 0, , blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
      return { width: element.videoWidth, height: element.videoHeight, isBlue: blue > red }
    })
    // It is replaced while the preview of a track is made.
    .catch(() => null)

test('the second video track is chosen, looked at and sent', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  await app.drop([await makeTwoTracks()])
  await edit.row('two tracks.mp4').waitFor()
  const red = { width: 640, height: 360, isBlue: false }
  const blue = { width: 450, height: 800, isBlue: true }
  await expect.poll(() => shownIn(page, 'player')).toEqual(red)
  await page.locator('[data-remedy="keep-first-track"]').click()

  const track = page.getByRole('button', { name: /^Video track/ })
  expect(await track.textContent()).toBe('Track 1')
  await track.click()
  await page.getByRole('menuitemradio', { name: 'Track 2' }).click()
  await expect.poll(() => track.textContent()).toBe('Track 2')
  await expect.poll(() => shownIn(page, 'player')).toEqual(blue)
  await expect.poll(async () => (await shownIn(page, 'scrub-copy'))?.isBlue).toBe(true)
  const forecast = page.getByTestId('outcome-forecast')
  await expect.poll(() => forecast.textContent()).toContain('640 × 360→450 × 800')

  await page.getByRole('button', { name: 'Preview the outcome' }).click()
  const shown = page.getByTestId('outcome')
  await expect
    .poll(() =>
      shown.evaluate((element) =>
        element instanceof HTMLVideoElement ? [element.videoWidth, element.videoHeight] : null,
      ),
    )
    .toEqual([450, 800])
  const prepared = path.join(app.home, 'prepared')
  const [made] = (await readdir(prepared, { recursive: true })).filter((name) =>
    name.endsWith('.mp4'),
  )
  if (!made) throw new Error('Nothing was prepared')
  const file = path.join(prepared, made)
  expect(await probe(file)).toMatchObject({ codecs: ['h264'], width: 450, height: 800 })
  expect(await isBlue(file)).toBe(true)

  // News float above the picture, never above the switch back to the clip.
  await app.drop([temporaryFolder()])
  await page.getByText('There are no files in what was dropped.', { exact: true }).waitFor()
  await page.getByRole('radio', { name: 'Clip', exact: true }).click()
  await shown.waitFor({ state: 'detached' })

  await edit.prompt.fill('vignette')
  await page.locator('[data-testid="submit"][data-state="ready"]').click()
  await jobIn(app, 'saved')
  const [entry] = await libraryOf(app)
  expect([entry?.width, entry?.height]).toEqual([720, 1280])
  expect(app.complaints).toEqual([])
})
