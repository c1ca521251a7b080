import { copyFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { accepted, addAndCheck } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { editScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'

test('an empty clip shows actions for the file, and the composer once the file is a clip', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  const file = path.join(temporaryFolder(), 'render.mp4')
  await writeFile(file, '')
  await app.drop([file])
  await edit.row('render.mp4').click()
  const actions = page.getByTestId('file-actions')
  await actions.waitFor()
  expect(await edit.prompt.count()).toBe(0)
  expect(await edit.submit.count()).toBe(0)

  await copyFile(await makeClip({ seconds: 3 }), file)
  await actions.getByRole('button', { name: 'Check again' }).click()
  await edit.prompt.waitFor()
  await actions.waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})

test('too few reference images offer to add one', async () => {
  await using app = await launchApp()
  const { page } = app
  const edit = editScreen(app)
  const image = await makeImage()
  accepted(await page.evaluate(() => window.reshoot.settings.set({ provider: 'apiyi' })))
  const [item] = await addAndCheck(app, [await makeClip({ seconds: 3 })])
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, image)

  await edit.row(item?.name ?? '').click()
  const lacking = page.locator('[data-testid="finding"][data-rule="images"]')
  await lacking.getByRole('button', { name: 'Add image' }).click()
  await page.getByRole('button', { name: /^Image 1: / }).waitFor()
  await lacking.waitFor({ state: 'detached' })
  expect(app.complaints).toEqual([])
})
