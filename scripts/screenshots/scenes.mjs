import { setTimeout as pause } from 'node:timers/promises'
import { drop, passWelcome } from '../demo/window.mjs'
import { addFiles, jobsAre, sendEdit } from './verbs.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(stage: import('./stage.mjs').Stage) => Promise<void>} Scene */

/** Waits until every video plays. @param {Page} page */
const videoReady = async (page) => {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => video.readyState >= 2),
  )
  await pause(1500)
}

const row = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByTestId('clip-row').filter({ hasText: name })

/** @param {Page} page @param {string} name */
const choose = async (page, name) => {
  await row(page, name).click()
  await page.getByTestId('verdict').waitFor()
  await pause(700)
}

/** @param {Page} page @param {string} name */
const play = async (page, name) => {
  await choose(page, name)
  await videoReady(page)
}

/** @param {Page} page @param {string} view */
const go = async (page, view) => {
  await page.getByTestId(`nav-${view}`).click()
  await pause(800)
}

/** @param {Page} page @param {string} section */
const section = async (page, section) => {
  await page.locator(`[data-section="${section}"]`).evaluate((element) => element.scrollIntoView())
  await pause(250)
}

/** Every screen by name, in the order in which one leads to the next. @type {Record<string, Scene>} */
export const scenes = {
  welcome: () => pause(500),
  paused: async ({ page }) => {
    await passWelcome(page)
    await page.getByTestId('paused').waitFor()
    await pause(300)
  },
  'edit-empty': async ({ page }) => {
    await page.getByTestId('paused').getByRole('button').last().click()
    await page.getByTestId('paused').waitFor({ state: 'detached' })
  },
  report: async ({ page }) => {
    await go(page, 'settings')
    await section(page, 'diagnostics')
    await page.getByRole('button', { name: 'Create report…' }).click()
    await page.locator('[data-testid="report"][aria-busy="false"]').waitFor()
    await pause(300)
  },
  'error-toast': async ({ page }) => {
    await page.keyboard.press('Escape')
    await go(page, 'edit')
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('Cannot read properties of undefined')
      })
    })
    await page.getByRole('button', { name: 'Report…' }).waitFor()
    await pause(300)
  },
  'drop-overlay': ({ page, file }) =>
    drop(page, file('sample.mp4', 'square.mp4', 'sail.png'), { release: false }),
  'edit-failing': async ({ page, file }) => {
    await addFiles(page, file('sample.mp4'))
    await play(page, 'sample.mp4')
  },
  'edit-many': async ({ page, file }) => {
    await addFiles(
      page,
      file(
        'harbour-portrait.mp4',
        'square.mp4',
        'panorama-21x9-evening-over-the-bay-take-3.mp4',
        'IMG_4021.mov',
        'drone 5k.mp4',
        'too short.mp4',
        '湖边的傍晚.mp4',
        'broken download.mp4',
        'notes.txt',
      ),
    )
    await choose(page, 'drone 5k')
    await pause(2500)
  },
  'edit-fixed': async ({ page }) => {
    const fix = page.locator('[data-part="preflight"] [data-remedy]')
    while ((await fix.count()) > 0) {
      await fix.first().click()
      await pause(500)
    }
    await pause(800)
  },
  'edit-tracks': async ({ page, file }) => {
    await addFiles(page, file('two cameras.mp4'))
    await choose(page, 'two cameras')
    await page.locator('[data-remedy="keep-first-track"]').click()
    await page.getByRole('button', { name: /^Video track/ }).click()
    await page.getByRole('menuitemradio', { name: 'Track 2' }).click()
    await page.getByRole('button', { name: 'Preview outcome' }).click()
    await page.getByTestId('outcome').waitFor()
    await pause(1200)
  },
  'edit-tiny': async ({ page, file }) => {
    await addFiles(page, file('tiny 240.mp4', 'banner 12x1.mp4', 'empty.mp4'))
    await choose(page, 'tiny 240')
    await pause(1200)
  },
  'edit-banner': async ({ page }) => {
    await choose(page, 'banner')
    await page.locator('[data-remedy="pad"]').click()
    await pause(1200)
  },
  'edit-empty-file': ({ page }) => choose(page, 'empty.mp4'),
  'edit-extend': async ({ page }) => {
    await choose(page, 'too short')
    await page.locator('[data-remedy="extend"]').click()
    await page.getByRole('radio', { name: 'Back and forth' }).click()
    await page.getByRole('button', { name: 'Preview outcome' }).click()
    await page.getByTestId('outcome').waitFor()
    await pause(1200)
  },
  'edit-cut-off': async ({ page, file }) => {
    await addFiles(page, file('cut off.mp4'))
    await choose(page, 'cut off')
  },
  'edit-salvage': async ({ page }) => {
    await page.locator('[data-remedy="salvage"]').click()
    await pause(1200)
  },
  'edit-broken': ({ page }) => choose(page, 'broken download'),
  'edit-other-file': async ({ page }) => {
    await row(page, 'notes.txt').click()
    await pause(400)
  },
  'edit-hevc-proxy': ({ page }) => choose(page, 'IMG_4021'),
  'edit-portrait': ({ page }) => play(page, 'harbour-portrait'),
  'edit-panorama': ({ page }) => play(page, 'panorama'),
  'edit-images': async ({ page, file }) => {
    await choose(page, 'sample.mp4')
    await page.locator('[data-remedy="trim"]').click()
    await addFiles(page, file('sail.png', 'sunset.jpg', 'reeds-transparent.png', 'tiny.png'))
    await page
      .getByTestId('prompt')
      .fill('A snowy evening. The boat carries the red sail of Image 1, the sky is as in Image 2.')
    await page.getByTestId('prompt').blur()
    await pause(900)
  },
  'edit-image-details': async ({ page }) => {
    await page.getByTestId('image-tile').nth(2).click()
    await pause(500)
  },
  'edit-options': async ({ page }) => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More options' }).click()
    await pause(300)
    await page.getByRole('button', { name: 'More options' }).scrollIntoViewIfNeeded()
    await page.evaluate(() => {
      const pane = document.querySelector('aside > div')
      pane?.scrollTo(0, pane.scrollHeight)
    })
    await pause(300)
  },
  'edit-ready': async ({ page }) => {
    await page.evaluate(() => document.querySelector('aside > div')?.scrollTo(0, 0))
    while ((await page.getByTestId('image-tile').count()) > 2) {
      const tile = page.getByTestId('image-tile').last()
      await tile.hover()
      await page
        .getByRole('button', { name: /^Remove / })
        .last()
        .click()
      await pause(200)
    }
    await page.locator('[data-testid="submit"][data-state="ready"]').waitFor()
    await page.mouse.move(600, 60)
    await pause(6500)
  },
  'edit-outcome': async ({ page }) => {
    await page.getByRole('button', { name: 'Preview outcome' }).click()
    await page.getByTestId('outcome').waitFor()
    await pause(1200)
  },
  shortcuts: async ({ page }) => {
    await page.mouse.click(36, 400)
    await page.keyboard.press('Shift+Slash')
    await page.getByRole('dialog').waitFor()
    await pause(300)
  },
  'queue-empty': async ({ page }) => {
    await page.keyboard.press('Escape')
    await go(page, 'queue')
  },
  'library-empty': ({ page }) => go(page, 'library'),
  'edit-submitted': async ({ page }) => {
    await go(page, 'edit')
    await page.getByTestId('submit').click()
    await page.getByText('Submitted.').first().waitFor()
    await pause(300)
  },
  'queue-busy': async ({ page }) => {
    await sendEdit(page, 'square.mp4', 'black and white, like an old film')
    await sendEdit(page, '湖边的傍晚.mp4', '把画面改成温暖的黄昏，人物保持不变 [slow]')
    await sendEdit(
      page,
      'panorama-21x9-evening-over-the-bay-take-3.mp4',
      'A watercolour painting of the bay, loose brush strokes, visible paper, muted greens, as if painted outdoors in one sitting by somebody who had to leave before dark [slow]',
    )
    await go(page, 'queue')
    await jobsAre(page, (jobs) => jobs.some(({ state }) => state === 'running'))
  },
  'queue-failed': async ({ page }) => {
    await sendEdit(page, 'square.mp4', 'something that is not allowed [moderation]')
    await sendEdit(page, 'harbour-portrait.mp4', 'sketch [arrearage]')
    await sendEdit(page, 'square.mp4', 'mirror [expired]')
    await sendEdit(page, 'harbour-portrait.mp4', 'vignette [lost]')
    // The third is held, and the fourth is uncertain.
    await jobsAre(page, (jobs) => jobs.filter(({ state }) => state === 'failed').length >= 2)
  },
  'queue-failure-details': async ({ page }) => {
    await page.locator('[data-state="failed"]').first().getByText('Details').click()
    await pause(400)
  },
  'queue-held': async ({ page, library }) => {
    await sendEdit(page, 'square.mp4', 'A storm gathers over the bay [slow]')
    await sendEdit(page, '湖边的傍晚.mp4', '湖面结冰，岸边落满雪 [slow]')
    const held = (/** @type {{ state: string, prompt: string }} */ { state, prompt }) =>
      prompt.endsWith('[slow]') && state !== 'saved'
    await jobsAre(page, (jobs) => jobs.filter(held).every(({ state }) => state === 'running'))
    await library.hide()
    await page.locator('[aria-labelledby="queue-needs"] [data-job]').nth(1).waitFor()
    await pause(800)
  },
  'library-grid': async ({ page, library }) => {
    await library.restore()
    await go(page, 'queue')
    const again = page.getByRole('button', { name: 'Try again now' })
    // One of them stays: the Sandbox never tells what became of an [expired] task.
    for (const button of await again.all()) await button.click({ timeout: 2_000 }).catch(() => {})
    await sendEdit(page, 'harbour-portrait.mp4', 'A pencil sketch')
    await sendEdit(page, 'square.mp4', 'neon city, cyberpunk glow')
    await sendEdit(page, 'sample.mp4', 'warm light, golden hour', { start: 2, end: 6 })
    await sendEdit(page, 'sample.mp4', 'pixel art', { start: 5, end: 9 })
    await jobsAre(page, (jobs) =>
      jobs.every(
        ({ state, failure }) => failure || ['saved', 'failed', 'uncertain'].includes(state),
      ),
    )
    await go(page, 'library')
    await page.locator('[data-entry]').first().waitFor()
    await pause(1000)
  },
  'queue-finished': ({ page }) => go(page, 'queue'),
  'library-chosen': async ({ page }) => {
    await go(page, 'library')
    await page
      .locator('[data-entry]')
      .nth(1)
      .click({ modifiers: ['Control'] })
    await page
      .locator('[data-entry]')
      .nth(3)
      .click({ modifiers: ['Control'] })
    await pause(400)
  },
  'library-trash': async ({ page }) => {
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').waitFor()
    await pause(300)
  },
  'library-nothing': async ({ page }) => {
    await page.keyboard.press('Escape')
    await pause(300)
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill('helicopter')
    await pause(500)
  },
  'library-preview': async ({ page }) => {
    await page.getByRole('searchbox').fill('')
    await page.keyboard.press('Escape')
    await pause(400)
    await page.locator('[data-entry]').nth(2).hover()
    await page.getByRole('listbox').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await pause(800)
  },
  'library-detail': async ({ page }) => {
    await page.keyboard.press('Escape')
    await page.locator('[data-entry]', { hasText: 'snowy' }).click()
    await videoReady(page)
  },
  'library-detail-portrait': async ({ page }) => {
    await page.getByRole('button', { name: 'Library', exact: true }).last().click()
    await page.locator('[data-entry]', { hasText: 'pencil' }).click()
    await videoReady(page)
  },
  settings: ({ page }) => go(page, 'settings'),
  'settings-key': async ({ page }) => {
    const service = page.locator('[data-provider="dashscope"]')
    await service.getByTestId('provider-toggle').click()
    await service.locator('input[type="password"]').fill('sk-0123456789')
    await pause(400)
  },
  'settings-library': ({ page }) => section(page, 'library'),
  'settings-end': ({ page }) => section(page, 'about'),
  'small-edit': async ({ page, resize }) => {
    await resize(960, 600)
    await go(page, 'edit')
    await choose(page, 'sample.mp4')
  },
  'small-queue': ({ page }) => go(page, 'queue'),
  'small-library': ({ page }) => go(page, 'library'),
  'small-settings': ({ page }) => go(page, 'settings'),
  'wide-edit': async ({ page, resize }) => {
    await resize(1590, 960)
    await go(page, 'edit')
  },
}
