import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { setSelection } from './demo/window.mjs'
import { onStage } from './screenshots/stage.mjs'
import { addFiles, jobsAre, sendEdit } from './screenshots/verbs.mjs'
import { at } from './setup/project.mjs'
import { command } from './setup/say.mjs'

/** `node scripts/make-screenshots.mjs` takes the README's screenshots, resources/screenshots/. */

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} name */
const save = async (page, name) => {
  const folder = at('resources', 'screenshots')
  mkdirSync(folder, { recursive: true })
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 95, effort: 10, compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`))
  process.stdout.write(`${name}.png\n`)
}

/** Composes an edit of a trimmed clip with a prompt and two images. @param {Page} page @param {(...names: string[]) => string[]} file */
const composeEdit = async (page, file) => {
  await addFiles(page, file('sample.mp4', 'square.mp4', 'harbour-portrait.mp4', 'IMG_4021.mov'))
  await page.getByTestId('clip-row').filter({ hasText: 'sample.mp4' }).click()
  await page.locator('[data-remedy="trim"]').click()
  await setSelection(page, { start: 3, end: 9 })
  await addFiles(page, file('sail.png', 'sunset.jpg'))
  await page
    .getByTestId('prompt')
    .fill('Snow falls on the bay. The sail is the one of Image 1, the sky is as in Image 2.')
  await page.getByTestId('prompt').blur()
  await page.locator('[data-testid="submit"][data-state="ready"]').waitFor()
  await page.mouse.move(640, 20)
  await page.waitForTimeout(2_000)
}

const main = () =>
  onStage(async ({ page, file }) => {
    await page.evaluate(() => window.reshoot.settings.set({ theme: 'dark' }))
    await composeEdit(page, file)
    await save(page, 'edit')
    await sendEdit(page, 'sample.mp4', 'A snowy evening, cold light', { start: 3, end: 9 })
    await jobsAre(page, (jobs) => jobs.every(({ state }) => state === 'saved'))
    await page.getByTestId('nav-library').click()
    await page.locator('[data-entry]').click()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every(({ currentTime }) => currentTime > 2),
    )
    await save(page, 'library')
    return 0
  })

await command(main)
