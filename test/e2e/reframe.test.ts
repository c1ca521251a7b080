import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { addAndCheck, draftOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'

test('a clip that passes is cropped to a ratio by keys, moved, and shown whole again', async () => {
  await using app = await launchApp()
  const [item] = await addAndCheck(app, [await makeClip({ width: 640, height: 360 })])
  if (!item) throw new Error('The clip was not added')
  const edit = editScreen(app)
  await edit.row(item.name).click()
  await edit.time('In').waitFor()
  const { page } = app
  const fix = async () => (await draftOf(app, item.id)).fixes[item.id] ?? null

  await page.getByRole('button', { name: 'Crop to: Full picture' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: '9:16' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await fix())?.remedies).toEqual(['crop'])
  const frame = page.getByTestId('crop-frame')
  const pixels = async () => await frame.getAttribute('aria-valuetext')
  await expect.poll(pixels).toMatch(/^203\D+360$/)

  const before = (await fix())?.crop?.x ?? 0
  await frame.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => (await fix())?.crop?.x ?? 1).toBeLessThan(before)
  await page.getByRole('button', { name: 'Crop to: 9:16' }).click()
  await page.getByRole('menuitemradio', { name: 'Full picture' }).click()
  await expect.poll(fix).toBeNull()
  expect(await frame.count()).toBe(0)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await fix())?.remedies).toEqual(['crop'])
  expect(app.complaints).toEqual([])
})
