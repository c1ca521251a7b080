import { readFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type App, launchApp } from '../support/app'
import { accepted, addAndCheck, jobsOf, submit } from '../support/app-verbs'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { go, queueScreen } from '../support/screens'

/** The app with a strict DashScope, whose key is stored, and a clip. */
const start = async () => {
  const result = await readFile(await makeClip({ seconds: 3 }))
  const server = await startDashScopeServer({ result, words: ['SUCCEEDED'] })
  onTestFinished(() => server.stop())
  const app = await launchApp({ env: { RESHOOT_DASHSCOPE_URL: server.url } })
  onTestFinished(() => app[Symbol.asyncDispose]())
  await setKey(app, server.key)
  const [clip] = await addAndCheck(app, [await makeClip({ seconds: 4 })])
  const send = () => submit(app, clip?.id ?? '', { provider: 'dashscope' })
  await go(app, 'queue')
  return { server, app, send, queue: queueScreen(app) }
}

const setKey = async ({ page }: App, key: string): Promise<void> => {
  accepted(
    await page.evaluate(
      (value) => window.reshoot.providers.setKey({ id: 'dashscope', key: value }),
      key,
    ),
  )
}

test('a held job says what it needs, and is saved once a working key is entered', async () => {
  const { server, app, send, queue } = await start()
  await send()
  await queue.row('pending').waitFor()
  await setKey(app, 'sk-mistyped')
  const needs = app.page.getByRole('region', { name: 'Needs attention' })
  const held = needs.locator('[data-job][data-state="pending"]')
  await held.getByText('as soon as a key of that region is saved, the job goes on.').waitFor()
  await held.getByText(/Tries again by itself/).waitFor()
  await held.getByText(/Provider keeps it until/).waitFor()

  await held.getByRole('button', { name: 'Forget…' }).click()
  await app.page.getByRole('dialog', { name: 'Forget this job?' }).waitFor()
  await app.page.keyboard.press('Escape')
  await held.getByRole('button', { name: 'Enter key' }).click()
  await app.page.locator('section[data-provider="dashscope"]').waitFor()
  await setKey(app, server.key)
  await go(app, 'queue')
  await queue.row('saved').waitFor()
  await needs.waitFor({ state: 'detached' })
  expect(server.calls.create).toBe(1)
  expect(app.complaints).toEqual([])
})

test('an uncertain job is settled by its task, with the keyboard alone', async () => {
  const { server, app, send, queue } = await start()
  await send()
  await queue.row('saved').waitFor()
  const [taken] = await jobsOf(app)
  server.next('create', { kind: 'reset' })
  await send()
  const uncertain = queue.row('uncertain')
  await uncertain.getByRole('button', { name: 'It arrived…' }).focus()
  const { page } = app
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Which task is it?' })
  const field = dialog.getByRole('textbox', { name: 'Task ID' })
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.type(taken?.taskId ?? '')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').filter({ hasText: 'belongs to another job' }).waitFor()

  const task = server.addTask()
  await field.fill(` ${task.id} `)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await jobsOf(app)).map(({ taskId, state }) => [taskId, state]))
    .toContainEqual([task.id, 'saved'])
  expect(server.calls.create).toBe(2)

  server.next('create', { kind: 'reset' })
  await send()
  await uncertain.getByRole('button', { name: 'More decisions' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'It never arrived…' }).waitFor()
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Did it never arrive?' })
  await question.getByRole('button', { name: 'It never arrived' }).focus()
  await page.keyboard.press('Enter')
  await queue.row('failed').waitFor()
  expect(server.calls.create).toBe(3)
  expect(app.complaints).toEqual([])
})

test('a job that waits goes on as soon as the computer wakes', async () => {
  const { server, app, send, queue } = await start()
  const code = 'Throttling.RateQuota'
  server.next('query', { kind: 'status', status: 429, code, headers: { 'retry-after': '3000' } })
  await send()
  const row = queue.row('pending')
  await row.getByText(/too many requests/i).waitFor()
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await queue.row('saved').waitFor()
  expect(server.calls.query).toBe(2)
})
