import { readFile, rm } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type App, launchApp, makeHome } from '../support/app'
import { accepted, libraryOf } from '../support/app-verbs'
import { type DashScopeServer, startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { editScreen, go, queueScreen } from '../support/screens'

const key = 'sk-of-beijing-0123456789'

/** Both regions. Only Beijing accepts the key. */
const startRegions = async () => {
  const result = await readFile(await makeClip({ seconds: 3 }))
  const words = ['SUCCEEDED']
  const [singapore, beijing] = await Promise.all([
    startDashScopeServer({ key: 'sk-of-singapore', result, words }),
    startDashScopeServer({ key, result, words }),
  ])
  onTestFinished(async () => {
    await Promise.all([singapore.stop(), beijing.stop()])
  })
  const env = { RESHOOT_DASHSCOPE_URL: singapore.url, RESHOOT_DASHSCOPE_CN_URL: beijing.url }
  return { singapore, beijing, env }
}

const settingsOf = ({ page }: App, provider: string) => {
  const row = page.locator(`section[data-provider="${provider}"]`)
  return {
    row,
    /** Types and saves a key, also where it must be kept as plain text. */
    saveKey: async (): Promise<void> => {
      const toggle = row.getByTestId('provider-toggle')
      await toggle.waitFor()
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
      await row.locator('input[type="password"]').fill(key)
      const plain = row.getByRole('checkbox')
      if (await plain.isVisible()) await plain.check()
      await row.getByRole('button', { name: 'Save' }).click()
      await row.getByRole('button', { name: /^Test / }).waitFor()
    },
  }
}

const keysOf = async ({ page }: App): Promise<Record<string, string>> => {
  const list = accepted(await page.evaluate(() => window.reshoot.providers.list()))
  return Object.fromEntries(list.map((one) => [one.id, one.key]))
}

const submitClip = async (app: App): Promise<void> => {
  await go(app, 'edit')
  const edit = editScreen(app)
  await app.drop([await makeClip({ seconds: 4 })])
  await edit.row('clip').first().waitFor()
  await edit.prompt.fill('make it snow')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit (edit|again)/)
  await edit.submit.click()
  await go(app, 'queue')
}

const refusalsOf = ({ violations }: DashScopeServer) =>
  violations.filter((one) => one.startsWith('wrong key'))

test('a key of the other region is explained, tried there once and then remembered', async () => {
  const { singapore, beijing, env } = await startRegions()
  const home = await makeHome()
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  {
    await using app = await launchApp({ home, env })
    await go(app, 'settings')
    await settingsOf(app, 'dashscope').saveKey()
    accepted(await app.page.evaluate(() => window.reshoot.settings.set({ provider: 'dashscope' })))
    await submitClip(app)

    const failed = queueScreen(app).row('failed')
    await failed
      .getByText('The Singapore region rejected this API key. It may belong to Beijing.')
      .waitFor()
    expect([singapore.calls.create, beijing.calls.list]).toEqual([0, 0])
    await failed.getByRole('button', { name: 'Try other region' }).click()
    await queueScreen(app).row('saved').waitFor()

    const [entry] = await libraryOf(app)
    expect(entry).toMatchObject({ provider: 'dashscope-cn', prompt: 'make it snow' })
    expect([singapore.calls.create, beijing.calls.create]).toEqual([0, 1])
    expect(beijing.calls.list).toBe(1)
    expect(beijing.violations).toEqual([])
    await go(app, 'edit')
    await app.page.getByRole('button', { name: /^Provider: DashScope Beijing/ }).waitFor()
    expect(app.complaints).toEqual([])
    await app.quit()
  }
  expect(refusalsOf(singapore)).toEqual(singapore.violations)
  const refused = singapore.violations.length

  await using app = await launchApp({ home, env })
  expect(await keysOf(app)).toMatchObject({ dashscope: 'none', 'dashscope-cn': 'stored' })
  await submitClip(app)
  await expect.poll(() => beijing.calls.create).toBe(2)
  expect(singapore.violations).toHaveLength(refused)

  // The same key for the wrong region: the answer is remembered, not asked again.
  await go(app, 'settings')
  const { row, saveKey } = settingsOf(app, 'dashscope')
  await saveKey()
  await row.getByRole('button', { name: /^Test / }).click()
  await row.getByText('It may belong to Beijing.').waitFor()
  await row.getByRole('button', { name: 'Try other region' }).click()
  const kept = 'DashScope Beijing accepted the key, which is now stored there.'
  // Exact: for a second, screen readers get a longer text with the same words.
  await app.page.getByText(kept, { exact: true }).waitFor()
  expect(beijing.calls.list).toBe(1)
  expect(await keysOf(app)).toMatchObject({ dashscope: 'none', 'dashscope-cn': 'stored' })
  expect(beijing.violations).toEqual([])
  expect(app.complaints).toEqual([])
})

test('a key that neither region accepts is reported, and the other region is asked once', async () => {
  const { singapore, beijing, env } = await startRegions()
  await using app = await launchApp({
    env: { ...env, DASHSCOPE_API_KEY: 'sk-of-nobody' },
  })
  await go(app, 'settings')
  const { row } = settingsOf(app, 'dashscope')
  const neither = app.page.getByText('Singapore and Beijing both rejected this API key.').first()
  for (const asked of [1, 1]) {
    await row.getByRole('button', { name: /^Test / }).click()
    await row.getByRole('button', { name: 'Try other region' }).click()
    await neither.waitFor()
    expect(beijing.violations).toHaveLength(asked)
  }
  expect(refusalsOf(singapore)).toEqual(singapore.violations)
})
