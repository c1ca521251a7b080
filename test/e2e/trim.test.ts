import { expect, test } from 'vitest'
import { type App, launchApp } from '../support/app'
import { addAndCheck, draftOf, jobsOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'

/** A clip of 25 frames a second, which keeps times readable. */
const clipOf = (seconds: number) =>
  makeClip({ seconds, rate: 25, width: 640, height: 360, sound: 'tone' })

/** Opens a clip in the app, ready to be trimmed. */
const openClip = async (app: App, seconds: number) => {
  const [item] = await addAndCheck(app, [await clipOf(seconds)])
  if (!item) throw new Error('The clip was not added')
  const edit = editScreen(app)
  await edit.row(item.name).click()
  await edit.time('In').waitFor()
  return {
    edit,
    id: item.id,
    selection: async () => (await draftOf(app, item.id)).source.selection,
  }
}

const playhead = ({ page }: App) => page.getByTestId('playhead-time').textContent()

test('a selection is set by keys to the frame, undone and redone', async () => {
  await using app = await launchApp()
  const { edit, selection } = await openClip(app, 14)
  const { keyboard } = app.page
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight', 'ArrowRight', 'i'])
    await keyboard.press(key)
  await expect.poll(selection).toEqual({ start: 2.08, end: 12.08 })
  await edit.time('Out').fill('00:00:07:12')
  await keyboard.press('Enter')
  await expect.poll(selection).toEqual({ start: 2.08, end: 7.48 })
  expect(await playhead(app)).toBe('00:00:07:11')
  await keyboard.press('Control+z')
  await expect.poll(selection).toEqual({ start: 2.08, end: 12.08 })
  await keyboard.press('Control+z')
  await expect.poll(selection).toBeNull()
  await keyboard.press('Control+Shift+z')
  await keyboard.press('Control+Shift+z')
  await expect.poll(selection).toEqual({ start: 2.08, end: 7.48 })
  await edit.prompt.fill('snow')
  await keyboard.press('Control+z')
  await expect.poll(selection).toEqual({ start: 2.08, end: 7.48 })
  expect(app.complaints).toEqual([])
})

test('the strip zooms to single frames and shows the sound', async () => {
  await using app = await launchApp()
  await openClip(app, 14)
  const { page } = app
  await page.getByTestId('waveform').waitFor()
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('=')
  const bar = page.getByTestId('zoom-bar')
  const seconds = (name: string) => bar.getAttribute(name).then(Number)
  await expect.poll(async () => 14 - (await seconds('aria-valuemax'))).toBeLessThan(0.5)
  // The view follows the playhead.
  await page.keyboard.press('End')
  await expect.poll(async () => seconds('aria-valuenow')).toBeGreaterThan(13)
  await page.keyboard.press('z')
  await bar.waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})

test('several parts of one clip become an edit each', async () => {
  await using app = await launchApp()
  const { edit, id } = await openClip(app, 20)
  await edit.trimFix.click()
  await edit.addPart.click()
  await expect.poll(() => edit.parts.count()).toBe(2)
  await edit.prompt.fill('black and white')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit 2 edits/)
  await edit.submit.click()
  await expect.poll(async () => (await jobsOf(app)).length).toBe(2)
  const sent = (await jobsOf(app)).map(({ files: [clip], prompt }) => ({
    selection: clip?.selection,
    clipId: clip?.mediaId,
    prompt,
  }))
  const job = { clipId: id, prompt: 'black and white' }
  expect(sent).toContainEqual({ ...job, selection: { start: 0, end: 10 } })
  expect(sent).toContainEqual({ ...job, selection: { start: 10, end: 20 } })
  await app.page.keyboard.press('Escape')
  await edit.parts.first().getByRole('button', { name: 'Remove part 1' }).click()
  await expect.poll(() => edit.parts.count()).toBe(0)
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit again/)
  expect(app.complaints).toEqual([])
})

test('a clip that is too wide is cropped by dragging a frame', async () => {
  await using app = await launchApp()
  const clip = await makeClip({ seconds: 3, rate: 25, width: 2560, height: 256 })
  const [item] = await addAndCheck(app, [clip])
  const { page } = app
  await editScreen(app)
    .row(item?.name ?? '')
    .click()
  await page.locator('[data-remedy="crop"]').click()
  const forecast = page.getByTestId('outcome-forecast')
  await expect.poll(() => forecast.textContent()).toMatch(/2048\s×\s256/)
  const frame = page.getByTestId('crop-frame')
  const before = await frame.boundingBox()
  if (!before) throw new Error('The frame is not on screen')
  const [x, y] = [before.x + before.width / 2, before.y + before.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 500, y, { steps: 5 })
  await page.mouse.up()
  const crop = async () => (await draftOf(app, item?.id ?? '')).fixes[item?.id ?? '']?.crop
  await expect.poll(async () => (await crop())?.x).toBe(0)
  expect((await crop())?.width).toBeCloseTo(0.8, 6)
  await page.keyboard.press('Control+z')
  await expect.poll(crop).toBeUndefined()
  expect(app.complaints).toEqual([])
})
