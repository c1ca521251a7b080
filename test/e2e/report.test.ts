import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { errorIdPattern } from '../../preload/contract'
import { type App, launchApp } from '../support/app'
import { go } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'

/** A port that nobody listens on. */
const closedPort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

const report = ({ page }: App) => page.getByRole('dialog')

test('an error that nobody expected leads to a report that has it, to copy and to save', async () => {
  const port = await closedPort()
  await using app = await launchApp({
    env: {
      EVOLINK_API_KEY: 'a-key-of-evolink-0123',
      RESHOOT_EVOLINK_URL: `http://127.0.0.1:${port}`,
    },
  })
  const { page, electron } = app
  await electron.evaluate(() => {
    setTimeout(() => {
      throw new Error('the cause, in /home/mira/our wedding.mp4')
    })
  })
  const toast = page
    .getByRole('status')
    .filter({ hasText: /Something went wrong \(error [a-z]{6}\)/ })
  const [, id = ''] = /error ([a-z]{6})/.exec((await toast.first().textContent()) ?? '') ?? []
  expect(id).toMatch(errorIdPattern)
  expect(await app.log()).toMatch(new RegExp(`Uncaught error ${id} .*our wedding`))

  await page.getByRole('button', { name: 'Report…' }).first().click()
  await report(app)
    .getByRole('heading', { name: new RegExp(id) })
    .waitFor()
  const shown = page.getByTestId('report').and(page.locator('[aria-busy="false"]'))
  const text = (await shown.textContent()) ?? ''
  expect(text).toMatch(/^Reshoot report, 20.*\n {2}about error/)
  expect(text).toMatch(new RegExp(`Uncaught error ${id} .*the cause`))
  expect(text).toMatch(
    /evolink: key environment; 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)/,
  )
  expect(text).toMatch(/check: ok/)
  expect(text).not.toMatch(/wedding|mira|a-key-of/)
  expect(text).not.toContain(app.home)

  await report(app).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(text)
  const file = path.join(temporaryFolder(), 'report.txt')
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await report(app).getByRole('button', { name: 'Save…' }).click()
  await page.getByText('Saved as report.txt').first().waitFor()
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('an error of the page is told and logged with its id', async () => {
  await using app = await launchApp()
  await app.page.evaluate(() => {
    setTimeout(() => {
      throw new Error('a bug of the page')
    })
  })
  const sentence = app.page.getByText(/a bug of the page \(error [a-z]{6}\)/).first()
  const [, id = ''] = /error ([a-z]{6})/.exec((await sentence.textContent()) ?? '') ?? []
  await expect.poll(app.log).toMatch(new RegExp(`The page failed ${id} .*a bug of the page`))
})

test('Settings and the Help menu open the report, without an error', async () => {
  await using app = await launchApp()
  await go(app, 'settings')
  await app.page.getByRole('button', { name: 'Create report…' }).click()
  await report(app).getByRole('heading', { name: 'Problem report', exact: true }).waitFor()
  await app.page.keyboard.press('Escape')
  await report(app).waitFor({ state: 'detached' })
  await app.electron.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help')
    help?.submenu?.items.find(({ label }) => label === 'Problem Report…')?.click()
  })
  await app.page.getByTestId('report').getByText('Reshoot report, 20').waitFor()
  expect(app.complaints).toEqual([])
})
