import { setTimeout as pause } from 'node:timers/promises'
import { accepted, drop } from '../demo/window.mjs'

/** @typedef {import('playwright-core').Page} Page */

/** How long an answer may take, in milliseconds: some wait for several edits. */
const LIMIT = 120_000

/** @param {() => Promise<boolean>} test @param {string} what */
const until = async (test, what) => {
  const end = performance.now() + LIMIT
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${LIMIT / 1000} s`)
    await pause(100)
  }
}

/** Adds files and waits for their verdicts. @param {Page} page @param {readonly string[]} paths */
export const addFiles = async (page, paths) => {
  await drop(page, paths)
  await until(async () => {
    const items = accepted(await page.evaluate(() => window.reshoot.media.list()))
    return items.length > 0 && items.every(({ state }) => state !== 'checking')
  }, 'Checked files')
  // Posters come a moment after verdicts.
  await pause(1_000)
}

/**
 * Sends an edit of a clip without going through the screen.
 *
 * @param {Page} page
 * @param {string} name
 * @param {string} prompt
 * @param {{ start: number, end: number } | null} selection
 */
export const sendEdit = async (page, name, prompt, selection = null) => {
  const items = accepted(await page.evaluate(() => window.reshoot.media.list()))
  const clipId = items.find((item) => item.name === name)?.id
  if (!clipId) throw new Error(`${name} is not in the list`)
  return accepted(
    await page.evaluate(
      async ([clipId, prompt, selection]) => {
        const draft = await window.reshoot.drafts.ofClip({ clipId })
        if (!draft.ok) return draft
        return window.reshoot.jobs.submit({
          ...draft.value,
          provider: 'sandbox',
          prompt,
          source: { ...draft.value.source, selection },
        })
      },
      /** @type {const} */ ([clipId, prompt, selection]),
    ),
  )
}

/** Waits for the jobs to be as wanted. @param {Page} page @param {(jobs: { state: string, prompt: string, failure: unknown }[]) => boolean} test */
export const jobsAre = async (page, test) => {
  await until(
    async () => test(accepted(await page.evaluate(() => window.reshoot.jobs.list()))),
    'Jobs',
  )
  await pause(300)
}
