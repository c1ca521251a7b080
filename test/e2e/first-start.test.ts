import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type App, launchApp } from '../support/app'
import { accepted } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'

const welcome = ({ page }: App) => page.getByTestId('welcome')
const rail = ({ page }: App) => page.getByTestId('nav-edit')
const begin = (app: App) => welcome(app).getByRole('button', { name: 'Get started' })

test('a new home begins with one screen, once, where the folder of results can be chosen', async () => {
  const home = temporaryFolder()
  const clip = await makeClip({ seconds: 3, name: 'handed.mp4' })
  const chosen = temporaryFolder()
  {
    await using app = await launchApp({ home, firstStart: true, files: [clip] })
    expect(await rail(app).count()).toBe(0)
    await welcome(app).getByText('the Wan 2.7 model', { exact: false }).first().waitFor()
    await welcome(app).getByText('which is no AI').waitFor()
    await welcome(app).getByText(join(home, 'library')).waitFor()
    await app.electron.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
    }, chosen)
    await welcome(app).getByRole('button', { name: 'Change…' }).click()
    await welcome(app).getByText(chosen).waitFor()
    await begin(app).click()
    await rail(app).waitFor()
    await editScreen(app).row('handed.mp4').waitFor()
    const { settings } = accepted(await app.page.evaluate(() => window.reshoot.settings.get()))
    // Nothing else was decided.
    expect(settings).toMatchObject({ libraryFolder: chosen, language: 'system', theme: 'system' })
    expect(JSON.parse(await readFile(join(home, 'settings.json'), 'utf8'))).toEqual({
      libraryFolder: chosen,
    })
    await app.page.reload()
    await rail(app).waitFor()
    expect(app.complaints).toEqual([])
    await app.quit()
  }
  await using app = await launchApp({ home })
  expect(await welcome(app).count()).toBe(0)
})

test('it waits for the person, also when the app was closed before', async () => {
  const home = temporaryFolder()
  {
    await using app = await launchApp({ home, firstStart: true })
    await app.quit()
  }
  await using app = await launchApp({ home, firstStart: true })
  // The button has the focus.
  await expect
    .poll(() => begin(app).evaluate((button) => button === document.activeElement))
    .toBe(true)
  await app.page.keyboard.press('Enter')
  await rail(app).waitFor()
})

test('it is in the language and theme of the system', async () => {
  await using app = await launchApp({
    firstStart: true,
    env: { LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' },
  })
  await welcome(app).getByRole('button', { name: '开始使用' }).waitFor()
  const theme = () => app.page.evaluate(() => document.documentElement.dataset['theme'])
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.page.emulateMedia({ colorScheme })
    await expect.poll(theme).toBe(colorScheme)
  }
})
