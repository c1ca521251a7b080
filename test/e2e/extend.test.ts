import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { draftOf, jobIn, libraryOf, mediaOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { probe } from '../support/probe'
import { editScreen } from '../support/screens'

/** Seconds of the prepared clip on the stage; null while it shows none. */
const secondsOfOutcome = (page: Page) =>
  page.evaluate(() => {
    const video = document.querySelector('[data-testid="outcome"]')
    return video instanceof HTMLVideoElement && video.readyState >= 2 ? video.duration : null
  })

test('a clip that is too short is extended in each way, previewed and submitted', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  await app.drop([
    await makeClip({
      seconds: 1.2,
      rate: 25,
      width: 640,
      height: 360,
      sound: 'tone',
      name: 'wave.mp4',
    }),
  ])
  await edit.row('wave.mp4').waitFor()
  await page.locator('[data-remedy="extend"]').click()
  await expect.poll(() => edit.length.textContent()).toMatch(/^1\.20\ss$/)
  const [item] = await mediaOf(app)
  const fixOf = async () => (await draftOf(app, item?.id ?? '')).fixes[item?.id ?? '']
  await expect.poll(async () => (await fixOf())?.remedies).toEqual(['extend'])

  const ways = { Hold: 'hold', Slow: 'slow', Loop: 'loop', 'Back and forth': 'bounce' }
  for (const [name, way] of Object.entries(ways)) {
    await page.getByRole('radio', { name, exact: true }).click()
    await expect.poll(async () => (await fixOf())?.extend ?? 'hold').toBe(way)
    const forecast = page.getByTestId('outcome-forecast')
    await expect.poll(() => forecast.textContent()).toMatch(/1\.20\ss→2\.00\ss/)
    await page.getByRole('button', { name: 'Preview outcome' }).click()
    await expect.poll(() => secondsOfOutcome(page)).toBeGreaterThanOrEqual(2)
  }
  const prepared = path.join(app.home, 'prepared')
  const made = (await readdir(prepared)).filter((file) => file.endsWith('.mp4'))
  expect(made).toHaveLength(4)

  await edit.prompt.fill('vignette')
  await page.locator('[data-testid="submit"][data-state="ready"]').click()
  await jobIn(app, 'saved')
  const [entry] = await libraryOf(app)
  expect(entry?.duration).toBeGreaterThanOrEqual(2)
  const facts = await probe(path.join(app.home, 'library', entry?.fileName ?? ''))
  expect(facts.seconds).toBeLessThan(2.2)
  expect(app.complaints).toEqual([])
})
