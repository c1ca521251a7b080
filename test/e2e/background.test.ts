import { describe, expect, test } from 'vitest'
import { type App, launchApp, makeHome } from '../support/app'
import { addAndCheck, jobIn, submit } from '../support/app-verbs'
import { startAgain } from '../support/command'
import { makeClip } from '../support/make-media'

const closeWindow = ({ electron }: App): Promise<void> =>
  electron
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    // The app may end before it has answered this call.
    .catch(() => {})

const isVisible = ({ electron }: App): Promise<boolean | undefined> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

describe('closing the window', () => {
  test('without active jobs ends the app', async () => {
    await using app = await launchApp()
    await closeWindow(app)
    expect(await app.exit).toBe(0)
  })

  test('with an active job keeps the app working; a second start shows the window again', async () => {
    const clip = await makeClip({ seconds: 3 })
    await using app = await launchApp()
    const [item] = await addAndCheck(app, [clip])
    await submit(app, item?.id ?? '')
    await closeWindow(app)
    await expect.poll(() => isVisible(app)).toBe(false)
    await jobIn(app, 'saved')
    expect(await isVisible(app)).toBe(false)
    await startAgain(app.home, [])
    await expect.poll(() => isVisible(app)).toBe(true)
  })

  test('and quitting ends the app during a job', async () => {
    const clip = await makeClip({ seconds: 3 })
    await using app = await launchApp()
    const [item] = await addAndCheck(app, [clip])
    await submit(app, item?.id ?? '')
    await app.quit()
    expect(await app.exit).toBe(0)
  })
})

test('the window opens with its last size', async () => {
  const bounds = { x: 60, y: 50, width: 1100, height: 700 }
  const options = { home: await makeHome() }
  {
    await using app = await launchApp(options)
    await app.electron.evaluate(
      ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
      bounds,
    )
    await closeWindow(app)
    await app.exit
  }
  await using app = await launchApp(options)
  const again = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(again).toMatchObject({ width: 1100, height: 700 })
})
