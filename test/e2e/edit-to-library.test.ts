import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { addAndCheck, jobIn, libraryOf, submit } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { probe } from '../support/probe'
import { editScreen, go, libraryScreen, queueScreen } from '../support/screens'

test('the sample clip is trimmed, given a prompt and submitted; its result is in the library', async () => {
  await using app = await launchApp()
  const edit = editScreen(app)
  await edit.sample.click()
  await edit.row('sample.mp4').waitFor()
  await expect.poll(() => edit.length.textContent()).toMatch(/14\.00\ss/)
  await edit.time('In').fill('2')
  await edit.time('In').press('Enter')
  await edit.time('Out').fill('4.4')
  await edit.time('Out').press('Enter')
  await expect.poll(() => edit.length.textContent()).toMatch(/^2\.40\ss/)
  await edit.prompt.fill('black and white, like an old film')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
  await edit.submit.click()

  await go(app, 'queue')
  await queueScreen(app).row('saved').waitFor()
  await go(app, 'library')
  await libraryScreen(app).entries.first().waitFor()

  const [entry] = await libraryOf(app)
  expect(entry).toMatchObject({
    prompt: 'black and white, like an old film',
    provider: 'sandbox',
    files: [{ role: 'clip', name: 'sample.mp4', selection: { start: 2, end: 4.4 } }],
    missing: false,
  })
  const folder = path.join(app.home, 'library')
  const file = path.join(folder, entry?.fileName ?? '')
  const facts = await probe(file)
  expect(facts.codecs).toContain('h264')
  expect(Math.abs(facts.seconds - 2.4)).toBeLessThan(0.1)
  expect((await stat(file)).size).toBe(entry?.bytes)
  const sidecar = (await readdir(folder, { recursive: true })).find((name) =>
    name.endsWith('.json'),
  )
  expect(sidecar).toBeDefined()

  await go(app, 'edit')
  await edit.prompt.fill('not sent yet')
  await go(app, 'library')
  await libraryScreen(app).entries.first().dblclick()
  await app.page.getByRole('button', { name: 'Edit again' }).click()
  await expect.poll(() => edit.prompt.inputValue()).toBe('black and white, like an old film')
  await app.page
    .locator('li', { hasText: 'The unsent edit of this clip was replaced.' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect.poll(() => edit.prompt.inputValue()).toBe('not sent yet')
  expect(app.complaints).toEqual([])
})

test('what became of a submission is visible wherever the person is', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  await edit.sample.click()
  const row = edit.row('sample.mp4')
  await row.waitFor()
  await edit.time('Out').fill('3')
  await edit.time('Out').press('Enter')
  await edit.prompt.fill('snow')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
  await edit.submit.click()
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit again/)
  await expect.poll(() => row.getAttribute('aria-label')).toMatch(/, 1 result$/)
  await page.getByRole('button', { name: 'Library, 1 new result' }).waitFor()

  await edit.prompt.fill('snow [invalid]')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
  await edit.submit.click()
  const notice = page.getByText(/^“sample\.mp4” failed: \S/)
  await notice.waitFor()
  await expect
    .poll(() => row.getAttribute('aria-label'))
    .toMatch(/, 1 job needs attention, 1 result$/)
  await page.getByRole('button', { name: 'Queue, 1 job needs attention' }).waitFor()

  await go(app, 'library')
  await page.getByRole('button', { name: 'Library', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Show in Queue' }).last().click()
  await queueScreen(app).row('failed').waitFor()
  expect(app.complaints).toEqual([])
})

test('a frame of a result is saved; the result becomes a clip, which gets the same prompt', async () => {
  const clip = await makeClip({ seconds: 3, width: 640, height: 360 })
  await using app = await launchApp()
  const { page, electron } = app
  const [item] = await addAndCheck(app, [clip])
  await submit(app, item?.id ?? '')
  await jobIn(app, 'saved')
  await go(app, 'library')
  await libraryScreen(app).entries.first().dblclick()

  const picture = path.join(app.home, 'frame.png')
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, picture)
  await page.getByRole('button', { name: 'Save frame…' }).click()
  await page.locator('li', { hasText: 'Saved as frame.png' }).waitFor()
  expect((await readFile(picture)).readUInt32BE(16)).toBe(1280)

  const [entry] = await libraryOf(app)
  await page.getByRole('button', { name: 'Use as clip' }).click()
  await editScreen(app)
    .row(entry?.fileName ?? '')
    .waitFor()
  await expect.poll(() => editScreen(app).verdictOf(entry?.fileName ?? '')).toContain('Ready')

  const { prompt } = editScreen(app)
  await expect.poll(() => prompt.inputValue()).toBe('')
  await prompt.press('ArrowUp')
  await expect.poll(() => prompt.inputValue()).toBe('black and white')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => prompt.inputValue()).toBe('')
  await page.getByRole('button', { name: 'Recent prompts' }).click()
  await page.getByRole('button', { name: 'Keep this prompt' }).click()
  await page.getByRole('button', { name: 'Do not keep this prompt' }).waitFor()
  await page.getByTestId('recent-prompt').click()
  await expect.poll(() => prompt.inputValue()).toBe('black and white')
  expect(app.complaints).toEqual([])
})
