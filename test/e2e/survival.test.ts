import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { launchApp, makeHome } from '../support/app'
import {
  accepted,
  addAndCheck,
  draftOf,
  jobIn,
  jobsOf,
  libraryOf,
  mediaOf,
  submit,
} from '../support/app-verbs'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'

const withHome = async (body: (home: string) => Promise<void>): Promise<void> => {
  const home = await makeHome()
  try {
    await body(home)
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

describe('kill -9', () => {
  test.each(['preparing', 'uploading', 'pending', 'running'] as const)(
    'while a job is %s or later: the next start finishes it once',
    (state) =>
      withHome(async (home) => {
        const clip = await makeClip({ seconds: 12, rate: 25 })
        {
          await using app = await launchApp({ home })
          const [item] = await addAndCheck(app, [clip])
          await submit(app, item?.id ?? '', { selection: { start: 1, end: 4 } })
          const order = [
            'preparing',
            'uploading',
            'submitting',
            'pending',
            'running',
            'downloading',
          ] as const
          await jobIn(app, ...order.slice(order.indexOf(state)))
          await app.kill()
        }
        await using app = await launchApp({ home })
        await jobIn(app, 'saved')
        expect(await jobsOf(app)).toHaveLength(1)
        expect(await libraryOf(app)).toHaveLength(1)
      }),
  )

  test('never sends a create twice', () =>
    withHome(async (home) => {
      const clip = await makeClip({ seconds: 3 })
      const result = await readFile(clip)
      const server = await startDashScopeServer({ words: ['PENDING', 'RUNNING'], result })
      const env = { RESHOOT_DASHSCOPE_URL: server.url, DASHSCOPE_API_KEY: server.key }
      {
        await using app = await launchApp({ home, env })
        const [item] = await addAndCheck(app, [clip])
        await submit(app, item?.id ?? '', { provider: 'dashscope' })
        await jobIn(app, 'pending', 'running')
        await app.kill()
      }
      for (const task of server.tasks.values()) task.words.splice(0, task.words.length, 'SUCCEEDED')
      await using app = await launchApp({ home, env })
      await jobIn(app, 'saved')
      expect(server.calls.create).toBe(1)
      expect(server.violations).toEqual([])
      await server.stop()
    }))

  test('keeps the draft', () =>
    withHome(async (home) => {
      const clip = await makeClip({ seconds: 6, name: 'typed.mp4' })
      {
        await using app = await launchApp({ home, files: [clip] })
        const edit = editScreen(app)
        await edit.row('typed.mp4').click()
        await edit.prompt.fill('让天空下雪, and keep the people')
        const item = (await mediaOf(app))[0]
        await expect
          .poll(async () => (await draftOf(app, item?.id ?? '')).prompt)
          .toBe('让天空下雪, and keep the people')
        await app.kill()
      }
      await using app = await launchApp({ home })
      const edit = editScreen(app)
      await edit.row('typed.mp4').click()
      await expect.poll(() => edit.prompt.inputValue()).toBe('让天空下雪, and keep the people')
    }))
})

test('a crashed page reloads with its clips', async () => {
  const clip = await makeClip({ seconds: 3, name: 'crash.mp4' })
  await using app = await launchApp({ files: [clip] })
  await editScreen(app).row('crash.mp4').waitFor()
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(app.log).toContain('The page ended')
  // Playwright drops a crashed page, so main asks it. A question to the crashing page gets no answer.
  const bodyText = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
        new Promise((resolve) => setTimeout(resolve, 500, '')),
      ]),
    )
  await expect.poll(bodyText).toContain('crash.mp4')
})

test('the app opens with a damaged home', () =>
  withHome(async (home) => {
    await mkdir(home, { recursive: true })
    for (const name of ['settings.json', 'secrets.json', 'window.json', 'reshoot.db'])
      await writeFile(`${home}/${name}`, 'damaged')
    await using app = await launchApp({ home })
    const view = accepted(await app.page.evaluate(() => window.reshoot.settings.get()))
    expect(view.settings.provider).toBe('sandbox')
  }))

test('an uncaught error shows one line, and the app goes on', async () => {
  await using app = await launchApp()
  await app.electron.evaluate(() => {
    setTimeout(() => {
      throw new Error('secret detail of the inside')
    })
  })
  await app.page
    .getByText(/Something went wrong/)
    .first()
    .waitFor()
  expect(await app.page.evaluate(() => document.body.innerText)).not.toContain('secret detail')
  await expect.poll(app.log).toContain('secret detail of the inside')
  expect(await mediaOf(app)).toEqual([])
})
