import { readFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ProviderId } from '../../preload/contract'
import { type App, launchApp } from '../support/app'
import { accepted, libraryOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { startS3Server } from '../support/s3-server'
import { editScreen, go, libraryScreen, queueScreen } from '../support/screens'
import { bucketEnv, evoLink, strictServices } from '../support/strict-services'

const names: Partial<Record<ProviderId, string>> = {
  dashscope: 'DashScope Singapore',
  'dashscope-cn': 'DashScope Beijing',
  evolink: 'EvoLink',
  apiyi: 'APIYI',
  aivideoapi: 'aivideoapi.ai',
}

/** Chooses the provider in the window. */
const choose = async ({ page }: App, id: ProviderId): Promise<void> => {
  await page.getByRole('button', { name: /^Provider:/ }).click()
  await page.getByRole('menuitemradio', { name: names[id] ?? id }).click()
}

describe('an edit from the window', () => {
  test.each(strictServices)('completes at %s without a violation', async (id, start, storage) => {
    const result = await readFile(await makeClip({ seconds: 3 }))
    const [service, s3] = await Promise.all([start(result), startS3Server()])
    onTestFinished(() => service.stop())
    await using app = await launchApp({ env: { ...service.env, ...bucketEnv(s3) } })
    const edit = editScreen(app)
    const clip = await makeClip({ seconds: 4 })
    await app.drop([clip, await makeImage({ format: 'bmp' })])
    await edit.row('clip').waitFor()
    await choose(app, id)
    await edit.prompt.fill('make it snow')
    await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
    await edit.submit.click()
    await go(app, 'queue')
    await queueScreen(app).row('saved').waitFor()

    expect(service.violations).toEqual([])
    expect(service.calls.create).toBe(1)
    const [entry] = await libraryOf(app)
    expect(entry).toMatchObject({ provider: id, prompt: 'make it snow' })
    expect(entry?.files.map(({ role }) => role)).toEqual(['clip', 'reference-image'])
    const stored = s3.requests.filter((request) => request === 'PutObject')
    expect(stored).toHaveLength(storage === 'bucket' ? 2 : 0)
    await expect.poll(() => s3.keys()).toEqual([])

    await go(app, 'library')
    await libraryScreen(app).entries.first().waitFor()
    await app.page.getByTestId('totals').click()
    await app.page.getByTestId('totals-list').locator(`[data-provider="${id}"]`).waitFor()
    expect(app.complaints).toEqual([])
  })
})

describe('the requirements of a provider', () => {
  test('are asked for one by one: a reference image, then a bucket', async () => {
    const [, start] = strictServices.find(([id]) => id === 'apiyi') ?? []
    const service = await start?.(Buffer.alloc(0))
    onTestFinished(() => service?.stop())
    const s3 = await startS3Server()
    await using app = await launchApp({ env: service?.env ?? {} })
    const { page } = app
    const edit = editScreen(app)
    await app.drop([await makeClip({ seconds: 4 })])
    await edit.row('clip').waitFor()
    await choose(app, 'apiyi')
    await edit.prompt.fill('make it snow')
    await page.getByText('APIYI needs at least one reference image.').waitFor()
    await app.drop([await makeImage({})])
    await expect.poll(() => edit.submit.textContent()).toMatch(/^Set up a bucket to submit/)
    await edit.submit.click()

    const storage = page.locator('[data-section="storage"]')
    await storage.getByText('No bucket').waitFor()
    const field = (name: string) => storage.locator(`[data-field="${name}"]`)
    await field('bucket').fill(s3.bucket)
    await field('endpoint').fill(s3.url)
    await field('accessKey').fill(s3.access.accessKeyId)
    await field('secretKey').fill('wrong')
    const plain = storage.getByRole('checkbox')
    if (await plain.isVisible()) await plain.check()
    await storage.getByRole('button', { name: 'Save' }).click()
    await storage.getByText(`In use: ${s3.bucket} at`).waitFor()
    const outcome = storage.getByTestId('bucket-test')
    const outcomes = () =>
      outcome
        .locator('[data-outcome]')
        .evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['outcome']))
    await storage.getByRole('button', { name: 'Test connection' }).click()
    await expect.poll(outcomes).toEqual(['fail', 'skipped', 'skipped'])
    await outcome.getByText('Check the access key and the secret key').waitFor()

    await field('secretKey').fill(s3.access.secretAccessKey)
    if (await plain.isVisible()) await plain.check()
    await storage.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => field('secretKey').inputValue()).toBe('')
    await storage.getByRole('button', { name: 'Test connection' }).click()
    await expect.poll(outcomes).toEqual(['pass', 'pass', 'pass'])
    expect(s3.keys()).toEqual([])

    const seen = accepted(await page.evaluate(() => window.reshoot.bucket.get()))
    expect(JSON.stringify(seen)).not.toContain(s3.access.secretAccessKey)
    await go(app, 'edit')
    await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
    expect(app.complaints).toEqual([])
  })

  test('come from its row: unsupported options are disabled with the reason, costs are in its units', async () => {
    const service = await evoLink(Buffer.alloc(0))
    onTestFinished(() => service.stop())
    await using app = await launchApp({ env: service.env })
    const { page } = app
    const edit = editScreen(app)
    await app.drop([await makeClip({ seconds: 4 })])
    await edit.row('clip').waitFor()
    await choose(app, 'evolink')
    await expect
      .poll(() => page.getByTestId('cost').textContent())
      .toMatch(/≈\s8\ss billed \(4\ss in \+ 4\ss out\)\$0\.69≈\s46\.8\scredits/)
    await page.getByRole('button', { name: 'More options' }).click()
    const watermark = page.getByRole('switch', { name: 'Watermark' })
    expect(await watermark.isDisabled()).toBe(true)
    expect(await watermark.getAttribute('aria-description')).toBe('EvoLink does not support this.')
    const rewriting = page.getByRole('switch', { name: 'Let the provider rewrite the prompt' })
    expect(await rewriting.getAttribute('aria-checked')).toBe('false')
    await page.getByTestId('callback').fill('https://127.0.0.1/done')
    await page.getByText('is a private address').first().waitFor()
    await page.getByTestId('callback').fill('https://hooks.example.com/done')
    await expect.poll(() => page.getByText('is a private address').count()).toBe(0)

    await go(app, 'settings')
    const row = page.locator('[data-provider="evolink"]')
    await row.getByText('Balance of this key: 100 credits').waitFor()
    await row.getByRole('button', { name: 'Test EvoLink' }).click()
    await row.getByText('EvoLink accepted the key.').waitFor()
    expect(service.violations).toEqual([])
    expect(app.complaints).toEqual([])
  })
})

test('an edit that may cost more than the limit needs a confirmation', async () => {
  const result = await readFile(await makeClip({ seconds: 3 }))
  const service = await evoLink(result)
  onTestFinished(() => service.stop())
  await using app = await launchApp({ env: service.env })
  const { page } = app
  const edit = editScreen(app)
  accepted(
    await page.evaluate(() =>
      window.reshoot.settings.set({ spending: { USD: 0.5, CNY: null, credits: null } }),
    ),
  )
  await app.drop([await makeClip({ seconds: 4 })])
  await edit.row('clip').waitFor()
  await choose(app, 'evolink')
  await edit.prompt.fill('make it snow')
  await expect.poll(() => edit.submit.textContent()).toMatch(/^Submit edit/)
  await edit.submit.click()
  await page.getByRole('dialog', { name: 'Submit for up to $0.69?' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(service.calls.create ?? 0).toBe(0)
  const confirm = page.getByTestId('confirm-cost')
  const again = async () => {
    if ((await confirm.count()) === 0) await edit.submit.click({ timeout: 1_000 }).catch(() => {})
    return await confirm.count()
  }
  // A press right after another counts as a double click and is ignored.
  await expect.poll(again, { interval: 1200 }).toBe(1)
  await confirm.click()
  await expect.poll(() => service.calls.create).toBe(1)
})
