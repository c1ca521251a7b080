import { rm } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { type App, launchApp, makeHome } from '../support/app'
import { accepted, addAndCheck, jobIn, jobsOf, submit } from '../support/app-verbs'
import { reshoot } from '../support/command'
import { makeClip } from '../support/make-media'
import { go, queueScreen } from '../support/screens'

const banner = ({ page }: App) => page.getByTestId('paused')

/** The processes that drive jobs. */
const drivers = (home: string): unknown[] => {
  using database = new DatabaseSync(path.join(home, 'reshoot.db'), { timeout: 10_000 })
  return database
    .prepare('SELECT owner_pid FROM jobs')
    .all()
    .map((row) => row['owner_pid'])
}

/** A home with a job that takes long, whose window was killed three times. */
const crashed = async (): Promise<string> => {
  const home = await makeHome()
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
  {
    await using app = await launchApp({ home, env: { RESHOOT_SANDBOX_SPEED: '0.05' } })
    const [item] = await addAndCheck(app, [await makeClip({ seconds: 3 })])
    await submit(app, item?.id ?? '')
    await jobIn(app, 'pending', 'running')
    await app.kill()
  }
  for (let times = 0; times < 2; times++) {
    await using app = await launchApp({ home, env: { RESHOOT_SANDBOX_SPEED: '0.05' } })
    expect(accepted(await app.page.evaluate(() => window.reshoot.jobs.isPaused()))).toBe(false)
    await app.kill()
  }
  return home
}

test('after three crashes the queue waits, says why, and goes on when the person says so', async () => {
  const home = await crashed()
  {
    await using app = await launchApp({ home })
    await banner(app).getByText('3 times within 5 minutes').waitFor()
    await expect.poll(app.log).toContain('The queue is paused')
    expect(drivers(home)).not.toContain(app.electron.process().pid)
    // Nothing was decided.
    await app.quit()
  }
  {
    await using app = await launchApp({ home })
    await banner(app).getByRole('button', { name: 'Resume jobs' }).click()
    await banner(app).waitFor({ state: 'detached' })
    await jobIn(app, 'saved')
    await app.quit()
  }
  await using app = await launchApp({ home })
  expect(accepted(await app.page.evaluate(() => window.reshoot.jobs.isPaused()))).toBe(false)
})

test('a command goes on all the same, and the paused window shows it', async () => {
  const home = await crashed()
  await using app = await launchApp({ home })
  await banner(app).waitFor()
  await go(app, 'queue')
  expect((await reshoot(home, ['resume'])).code).toBe(0)
  await queueScreen(app).row('saved').waitFor()
  expect(await jobsOf(app)).toHaveLength(1)
  expect(await banner(app).isVisible()).toBe(true)
})
