import { readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { launchApp, makeHome } from '../support/app'
import { accepted, addAndCheck } from '../support/app-verbs'
import { reshootInElectron } from '../support/command'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'

const key = 'sk-end-to-end-0123456789'

describe('a key', () => {
  test('is stored in a private file and never reaches the page or the log', async () => {
    await using app = await launchApp()
    const view = accepted(await app.page.evaluate(() => window.reshoot.settings.get()))
    // A machine without a desktop has no keychain, and the app says so.
    expect(view.keyStore).toEqual(
      view.keyStore.encrypted
        ? { backend: expect.any(String), encrypted: true }
        : { backend: 'plain text', encrypted: false },
    )
    accepted(
      await app.page.evaluate(
        (value) => window.reshoot.providers.setKey({ id: 'dashscope', key: value }),
        key,
      ),
    )
    const file = path.join(app.home, 'secrets.json')
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    const seen = await app.page.evaluate(async () => [
      await window.reshoot.settings.get(),
      await window.reshoot.providers.list(),
      document.documentElement.outerHTML,
    ])
    expect(JSON.stringify(seen)).not.toContain(key)
    expect(await app.log()).not.toContain(key)
    expect(JSON.stringify(seen)).toContain('"key":"stored"')
  })

  test('stored by the window is used by a command in Electron', async () => {
    const home = await makeHome()
    {
      await using app = await launchApp({ home })
      accepted(
        await app.page.evaluate(
          (value) => window.reshoot.providers.setKey({ id: 'dashscope', key: value }),
          key,
        ),
      )
      await app.quit()
    }
    const clip = await makeClip({ seconds: 3 })
    const server = await startDashScopeServer({ key, result: await readFile(clip) })
    const { code } = await reshootInElectron(
      home,
      ['edit', clip, '--provider', 'dashscope', '--prompt', 'snow', '--no-wait', '--json'],
      { RESHOOT_DASHSCOPE_URL: server.url },
    )
    expect(code).toBe(0)
    expect(server.violations).toEqual([])
    expect(server.calls.create).toBe(1)
    await server.stop()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  })
})

describe('language and theme', () => {
  test('change in window, menu and document at once, and stay after a restart', async () => {
    const home = await makeHome()
    {
      await using app = await launchApp({ home })
      await app.page.getByTestId('nav-library').waitFor()
      accepted(
        await app.page.evaluate(() =>
          window.reshoot.settings.set({ language: 'zh', theme: 'dark' }),
        ),
      )
      await app.page.getByText('设置', { exact: true }).first().waitFor()
      await expect
        .poll(() =>
          app.electron.evaluate(({ Menu, nativeTheme }) => [
            Menu.getApplicationMenu()?.items[0]?.label,
            nativeTheme.themeSource,
          ]),
        )
        .toEqual(['文件', 'dark'])
      await app.quit()
    }
    await using app = await launchApp({ home })
    await app.page.getByText('设置', { exact: true }).first().waitFor()
    expect(await app.page.evaluate(() => document.documentElement.lang)).toMatch(/^zh/)
    expect(await app.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    const background = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBackgroundColor(),
    )
    expect(background?.toLowerCase()).toBe('#161514')
  })
})

test('a missing key opens its provider only, and the contents follow the scroll position', async () => {
  await using app = await launchApp()
  const { page } = app
  accepted(await page.evaluate(() => window.reshoot.settings.set({ provider: 'dashscope' })))
  await addAndCheck(app, [await makeClip({ seconds: 3 })])
  await editScreen(app).prompt.fill('black and white')
  accepted(await page.evaluate(() => window.reshoot.settings.set({ provider: 'sandbox' })))
  await page.locator('[data-testid="submit"][data-state="key"]').click()

  const field = (id: string) => page.locator(`[data-provider="${id}"] input[type="password"]`)
  await field('dashscope').waitFor()
  expect(await field('evolink').count()).toBe(0)
  await page.locator('[data-provider="evolink"]').getByTestId('provider-toggle').click()
  await field('evolink').waitFor()

  const contents = page.getByRole('navigation', { name: 'Sections' })
  const current = contents.locator('[aria-current="true"]')
  for (const name of ['Storage', 'Appearance', 'Notifications', 'About', 'Providers and keys']) {
    await contents.getByRole('button', { name, exact: true }).click()
    await expect.poll(() => current.allTextContents()).toEqual([name])
  }
  await page.locator('[data-section="diagnostics"]').evaluate((section) => {
    section.scrollIntoView({ block: 'start' })
  })
  await expect.poll(() => current.textContent()).not.toBe('Providers and keys')
  expect(app.complaints).toEqual([])
})
