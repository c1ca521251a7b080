import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { at } from '../setup/project.mjs'
import { accepted, drop, setSelection } from './window.mjs'

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
 * @param {string} title
 * @param {readonly string[]} states
 * @param {(done: Awaited<ReturnType<typeof job>>) => string} detail
 * @returns {DemoStep}
 */
const phase = (title, states, detail) => ({
  title,
  perform: async (page) => {
    for (;;) {
      const now = await job(page)
      const past = now.phases.some(
        ({ state, endedAt }) => state === states.at(-1) && endedAt !== null,
      )
      if (past || now.state === 'saved') {
        // A retry repeats states.
        const spent = now.phases
          .filter(({ state }) => states.includes(state))
          .map(({ startedAt, endedAt }) => (endedAt ?? startedAt) - startedAt)
        return { seconds: spent.reduce((sum, each) => sum + each, 0) / 1000, detail: detail(now) }
      }
      await pause(100)
    }
  },
})

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
      await setSelection(page, part)
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
        await page.evaluate((clipId) => window.reshoot.drafts.ofClip({ clipId }), id),
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
  phase('Prepare', ['preparing'], () => 'cut to the frame'),
  phase('Upload', ['uploading'], () => ''),
  phase('Poll', ['submitting', 'pending', 'running'], ({ taskId }) => `task ${taskId}`),
  phase('Download', ['downloading'], () => 'checked and kept'),
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
  const { width, height, duration, files } = entry
  return [
    ['Library entry', entry.id],
    ['File', file],
    ['Result', `${seconds(duration)}, ${width} × ${height}, ${megabytes(size)}`],
    ['Made from', `${files[0]?.name}, ${seconds(part.start)} to ${seconds(part.end)}`],
    ['Prompt', entry.prompt],
    ['Provider', await page.getByTestId('provider-state').innerText()],
  ]
}
