import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { addAndCheck, draftOf, jobsOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'

/** Six clips: three pass, two are too long, one is too short to fix. */
const makeBatch = async (): Promise<string[]> => {
  const folder = temporaryFolder()
  const shapes = { pass: 3, long: 12, short: 1 }
  const names = ['pass-1', 'pass-2', 'pass-3', 'long-1', 'long-2', 'short-1']
  return await Promise.all(
    names.map(async (name) => {
      const kind = name.split('-')[0] as keyof typeof shapes
      const file = path.join(folder, `${name}.mp4`)
      await copyFile(await makeClip({ seconds: shapes[kind], rate: 25 }), file)
      return file
    }),
  )
}

test('several clips are filtered, fixed, given one prompt, estimated and submitted together', async () => {
  await using app = await launchApp()
  const items = await addAndCheck(app, await makeBatch())
  const { page } = app
  const edit = editScreen(app)
  const rows = page.getByTestId('clip-row')
  await expect.poll(() => rows.count()).toBe(6)

  await page.getByTestId('filter-fail').click()
  await expect.poll(() => rows.count()).toBe(3)
  await page.getByTestId('filter-all').click()

  await edit.row('pass-1.mp4').click()
  await edit.row('pass-2.mp4').click({ modifiers: ['Control'] })
  await page.getByRole('heading', { name: '2 clips' }).waitFor()
  await page.keyboard.press('Control+a')
  const batch = page.getByTestId('batch')
  await expect.poll(() => batch.textContent()).toContain('2 need fixing')
  await batch.getByRole('button', { name: 'Fix all' }).click()
  await expect
    .poll(() => batch.textContent())
    .toMatch(/1 cannot be fixed.*short-1.*5 have no prompt/)

  await edit.prompt.fill('black and white')
  const next = page.getByTestId('batch-next')
  await expect.poll(() => next.textContent()).toMatch(/^Apply to all 6/)
  await next.click()
  await expect.poll(() => next.textContent()).toMatch(/^Submit 5 edits…/)
  await next.click()
  const summary = page.getByTestId('batch-summary')
  await expect
    .poll(() => summary.textContent())
    .toMatch(/Edits5.*29\.0\ss.*Free.*Skipped \(not ready\)1/)
  expect(await jobsOf(app)).toEqual([])
  await page.getByTestId('batch-confirm').click()
  await expect.poll(async () => (await jobsOf(app)).length).toBe(5)
  const sent = await jobsOf(app)
  expect(sent.every(({ prompt }) => prompt === 'black and white')).toBe(true)
  expect(sent.map(({ name }) => name).toSorted()).toEqual([
    'long-1.mp4',
    'long-2.mp4',
    'pass-1.mp4',
    'pass-2.mp4',
    'pass-3.mp4',
  ])

  await summary.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await expect.poll(() => batch.count()).toBe(0)
  const long = items.find(({ name }) => name === 'long-1.mp4')
  expect((await draftOf(app, long?.id ?? '')).source.selection).toEqual({ start: 0, end: 10 })
  expect(app.complaints).toEqual([])
})
