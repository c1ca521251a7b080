import { expect } from 'vitest'
import type { Answer, Draft, Job, LibraryEntry, MediaItem, Selection } from '../../preload/contract'
import type { App } from './app'

/** The value of an answer. An error fails the test with its message. */
export const accepted = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
  return answer.value
}

/** The app's data, as the window gets it. */
export const mediaOf = async ({ page }: App): Promise<MediaItem[]> =>
  accepted(await page.evaluate(() => window.reshoot.media.list()))

export const jobsOf = async ({ page }: App): Promise<Job[]> =>
  accepted(await page.evaluate(() => window.reshoot.jobs.list()))

export const libraryOf = async ({ page }: App): Promise<LibraryEntry[]> =>
  accepted(await page.evaluate(() => window.reshoot.library.list({})))

export const draftOf = async ({ page }: App, clipId: string): Promise<Draft> =>
  accepted(await page.evaluate((id) => window.reshoot.drafts.ofClip({ clipId: id }), clipId))

/** Adds files and waits for their verdicts. Gives the items in the order of the list. */
export const addAndCheck = async (app: App, paths: string[]): Promise<MediaItem[]> => {
  const added = accepted(
    await app.page.evaluate((list) => window.reshoot.media.add({ paths: list }), paths),
  )
  const ids = added.map(({ id }) => id)
  const itemsNow = async () => (await mediaOf(app)).filter(({ id }) => ids.includes(id))
  await expect
    .poll(async () => (await itemsNow()).filter(({ state }) => state === 'checking'))
    .toEqual([])
  return itemsNow()
}

/** Submits the draft of a clip, with changes. */
export const submit = async (
  app: App,
  clipId: string,
  { selection = null, ...change }: Partial<Draft> & { selection?: Selection | null } = {},
): Promise<Job> => {
  const before = await draftOf(app, clipId)
  const source = { ...before.source, selection }
  const draft = { ...before, source, prompt: 'black and white', ...change }
  return accepted(await app.page.evaluate((value) => window.reshoot.jobs.submit(value), draft))
}

/** Waits until the first job is in one of these states, and gives it. A job that ended otherwise shows the log. */
export const jobIn = async (app: App, ...states: Job['state'][]): Promise<Job> => {
  let found: Job | undefined
  const isThere = (state: string): boolean => states.some((wanted) => wanted === state)
  const look = async (): Promise<string> => {
    found = (await jobsOf(app))[0]
    if (!found) return 'there is no job'
    const { state, failure } = found
    if (isThere(state) || !failure) return state
    return `${state}: ${JSON.stringify(failure)}\n${await app.log()}`
  }
  await expect.poll(look, { interval: 50 }).toSatisfy(isThere)
  if (!found) throw new Error('There is no job')
  return found
}
