import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { at } from '../setup/project.mjs'
import { accepted, drop } from './window.mjs'

/** @typedef {import('playwright-core').Page} Page */

/**
 * One step of the demo. Gives the detail to print, and its seconds where the app has measured them.
 *
 * @typedef {{ title: string, perform: (page: Page) => Promise<string | { seconds: number, detail: string }> }} DemoStep
 */

const sample = 'sample.mp4'
const prompt = 'A snowy evening, cold light'
/** The selection, in seconds of the clip. */
const part = { start: 3, end: 8 }

const seconds = (/** @type {number} */ value) => `${value.toFixed(1)} s`
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`

/** @param {Page} page */
const clip = async (page) => {
  const items = accepted(await page.evaluate(() => window.reshoot.media.list()))
  const item = items.find(({ name }) => name === sample)
  if (!item) throw new Error(`${sample} is not in the list`)
  return item
}

/** States that are a failure of the demo. */
const wrongEnds = ['failed', 'expired', 'cancelled', 'uncertain']

/** The demo's job. A failed job is an error with the queue's message. @param {Page} page */
const job = async (page) => {
  const [found] = accepted(await page.evaluate(() => window.reshoot.jobs.list()))
  if (!found) throw new Error('there is no job in the queue')
  if (!wrongEnds.includes(found.state)) return found
  const row = page.locator(`[data-job="${found.id}"][data-state="${found.state}"]`)
  throw new Error(await row.locator('p').last().innerText())
}

/**
 * Waits until the job has passed the last of some states, and gives the seconds that they took.
 *
 * @param {Page} page
 * @param {readonly string[]} states
 */
const through = async (page, states) => {
  const last = states.at(-1)
  for (;;) {
    const now = await job(page)
    const past = now.phases.some(({ state, endedAt }) => state === last && endedAt !== null)
    if (past || now.state === 'saved')
      return {
        job: now,
        // A retry repeats states.
        seconds:
          now.phases
            .filter(({ state }) => states.includes(state))
            .reduce(
              (sum, { startedAt, endedAt }) => sum + ((endedAt ?? startedAt) - startedAt),
              0,
            ) / 1000,
      }
    await pause(100)
  }
}

/** One edit from drop to library. @type {readonly DemoStep[]} */
export const steps = [
  {
    title: 'Drop',
    perform: async (page) => {
      await drop(page, [at('resources', sample)])
      await page.getByTestId('clip-row').filter({ hasText: sample }).waitFor()
      return sample
    },
  },
  {
    title: 'Preflight',
    perform: async (page) => {
      const findings = page.getByTestId('finding')
      await findings.and(page.locator('[data-rule="duration"]')).waitFor()
      const refused = await findings.locator('p').allInnerTexts()
      return `${await page.getByTestId('verdict').innerText()}: ${refused.join(' ')}`
    },
  },
  {
    title: 'Trim',
    perform: async (page) => {
      await page.locator('[data-remedy="trim"]').click()
      for (const [name, time] of /** @type {const} */ ([
        ['In', part.start],
        ['Out', part.end],
      ])) {
        const field = page.getByRole('textbox', { name, exact: true })
        await field.fill(String(time))
        await field.press('Enter')
      }
      await page
        .getByTestId('trim-length')
        .filter({ hasText: `${part.end - part.start}.00 s` })
        .waitFor()
      const { facts } = await clip(page)
      const whole = facts?.kind === 'video' ? (facts.duration ?? 0) : 0
      return `${seconds(part.start)} to ${seconds(part.end)} of ${seconds(whole)}`
    },
  },
  {
    title: 'Prompt',
    perform: async (page) => {
      await page.getByTestId('prompt').fill(prompt)
      await page.locator('[data-testid="submit"][data-state="ready"]').waitFor()
      return `"${prompt}"`
    },
  },
  {
    title: 'Submit',
    perform: async (page) => {
      const { id } = await clip(page)
      const draft = accepted(
        await page.evaluate((clipId) => window.reshoot.drafts.get({ clipId }), id),
      )
      if (draft.provider !== 'sandbox')
        throw new Error(
          `the demo is for the Sandbox alone, and the edit would go to ${draft.provider}`,
        )
      await page.getByTestId('submit').click()
      await page.getByTestId('nav-queue').click()
      await page.locator('[data-job]').waitFor()
      return `to ${await page.getByTestId('provider-state').innerText()}`
    },
  },
  {
    title: 'Prepare',
    perform: async (page) => {
      const { seconds } = await through(page, ['preparing'])
      return { seconds, detail: 'cut to the frame' }
    },
  },
  {
    title: 'Upload',
    perform: async (page) => {
      const { seconds } = await through(page, ['uploading'])
      return { seconds, detail: '' }
    },
  },
  {
    title: 'Poll',
    perform: async (page) => {
      const { seconds, job } = await through(page, ['submitting', 'pending', 'running'])
      return { seconds, detail: `task ${job.taskId}` }
    },
  },
  {
    title: 'Download',
    perform: async (page) => {
      const { seconds } = await through(page, ['downloading'])
      return { seconds, detail: 'checked and kept' }
    },
  },
  {
    title: 'Library',
    perform: async (page) => {
      await page.getByTestId('nav-library').click()
      await page.locator('[data-entry]').click()
      // Both sides of the comparison play.
      await page.waitForFunction(() => {
        const videos = [...document.querySelectorAll('video')]
        return (
          videos.length === 2 &&
          videos.every(({ readyState, currentTime }) => readyState >= 2 && currentTime > 0.5)
        )
      })
      return 'before and after, side by side'
    },
  },
]

/**
 * The library's entry as pairs of a name and a fact. Checks the file on disk.
 *
 * @param {Page} page
 * @returns {Promise<[string, string][]>}
 * @throws when there is no entry, or its file has another size
 */
export const entryFacts = async (page) => {
  const [entry] = accepted(await page.evaluate(() => window.reshoot.library.list({})))
  if (!entry) throw new Error('there is no entry in the library')
  const { libraryFolder } = accepted(await page.evaluate(() => window.reshoot.settings.get()))
  const file = join(libraryFolder, entry.fileName)
  const { size } = await stat(file)
  if (size !== entry.bytes) throw new Error(`${file} has ${size} bytes, not ${entry.bytes}`)
  const { width, height, duration, source } = entry
  return [
    ['Library entry', entry.id],
    ['File', file],
    ['Result', `${seconds(duration)}, ${width} × ${height}, ${megabytes(size)}`],
    ['Made from', `${source.name}, ${seconds(part.start)} to ${seconds(part.end)}`],
    ['Prompt', entry.prompt],
    ['Provider', await page.getByTestId('provider-state').innerText()],
  ]
}
