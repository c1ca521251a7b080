import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { launchApp } from '../support/app'
import { appImage, releases } from '../support/release-folder'
import { temporaryFolder } from '../support/temporary-folder'

const linux = process.platform === 'linux'

test.skipIf(!linux)('a newer version is found, fetched and installed from Settings', async () => {
  const folder = await releases('99.0.0')
  const own = path.join(temporaryFolder(), 'Reshoot.AppImage')
  writeFileSync(own, appImage('0.0.1'))
  await using app = await launchApp({ env: { APPIMAGE: own, RESHOOT_RELEASES: folder.address } })
  const { page } = app
  await page.getByTestId('nav-settings').click()
  const about = page.locator('[data-section="about"]')
  await about.getByText('Not looked for yet').waitFor()
  expect(folder.asked).toEqual([])
  await about.getByRole('button', { name: 'Look now' }).click()
  await about.getByText('Version 99.0.0 is available.').waitFor()
  await about.getByRole('button', { name: 'Download' }).click()
  await about.getByText('Version 99.0.0 is ready.').waitFor()
  expect(readFileSync(own)).toEqual(appImage('0.0.1'))
  await about.getByRole('button', { name: 'Quit and install' }).click()
  await app.exit
  expect(readFileSync(own)).toEqual(appImage('99.0.0'))
})

test('a copy that was not installed says where a newer one comes from', async () => {
  await using app = await launchApp()
  await app.page.getByTestId('nav-settings').click()
  const about = app.page.locator('[data-section="about"]')
  await about.getByText('does not replace itself').waitFor()
  expect(await about.getByRole('switch').count()).toBe(0)
})
