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

/** Width and height of a video by test id; null while it shows no frame. */
const shownIn = (page: Page, testId: string) =>
  page.evaluate((id) => {
    const video = document.querySelector(`[data-testid="${id}"]`)
    if (!(video instanceof HTMLVideoElement) || video.readyState < 2) return null
    return [video.videoWidth, video.videoHeight]
  }, testId)

test('the second video track is chosen, previewed and submitted', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  await app.drop([await makeTwoTracks()])
  await edit.row('two tracks.mp4').waitFor()
  await expect.poll(() => shownIn(page, 'player')).toEqual([640, 360])
  await page.locator('[data-remedy="keep-first-track"]').click()

  const track = page.getByRole('button', { name: /^Video track/ })
  expect(await track.textContent()).toBe('Track 1')
  await track.click()
  await page.getByRole('menuitemradio', { name: 'Track 2' }).click()
  await expect.poll(() => track.textContent()).toBe('Track 2')
  await expect.poll(() => shownIn(page, 'player')).toEqual([450, 800])
  await expect.poll(() => shownIn(page, 'scrub-copy')).toEqual([360, 640])
  const forecast = page.getByTestId('outcome-forecast')
  await expect.poll(() => forecast.textContent()).toMatch(/640\s×\s360→450\s×\s800/)

  // Switching back reuses the copies.
  await track.click()
  await page.getByRole('menuitemradio', { name: 'Track 1' }).click()
  await expect.poll(() => shownIn(page, 'player')).toEqual([640, 360])
  await track.click()
  await page.getByRole('menuitemradio', { name: 'Track 2' }).click()
  await expect.poll(() => shownIn(page, 'player')).toEqual([450, 800])

  await page.getByRole('button', { name: 'Preview outcome' }).click()
  const shown = page.getByTestId('outcome')
  await expect.poll(() => shownIn(page, 'outcome')).toEqual([450, 800])
  const prepared = path.join(app.home, 'prepared')
  const [made] = (await readdir(prepared, { recursive: true })).filter((name) =>
    name.endsWith('.mp4'),
  )
  if (!made) throw new Error('Nothing was prepared')
  const file = path.join(prepared, made)
  expect(await probe(file)).toMatchObject({ codecs: ['h264'], width: 450, height: 800 })
  expect(await isBlue(file)).toBe(true)

  // Notifications must not cover the switch back to the clip.
  await app.drop([temporaryFolder()])
  await page.getByText('The dropped items contain no files.', { exact: true }).waitFor()
  await page.getByRole('radio', { name: 'Clip', exact: true }).click()
  await shown.waitFor({ state: 'detached' })

  await edit.prompt.fill('vignette')
  await page.locator('[data-testid="submit"][data-state="ready"]').click()
  await jobIn(app, 'saved')
  const [entry] = await libraryOf(app)
  expect([entry?.width, entry?.height]).toEqual([720, 1280])
  expect(app.complaints).toEqual([])
})
