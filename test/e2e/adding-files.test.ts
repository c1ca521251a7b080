import { cp, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { launchApp, makeHome } from '../support/app'
import { addAndCheck, mediaOf } from '../support/app-verbs'
import { startAgain } from '../support/command'
import { makeClip } from '../support/make-media'
import { editScreen } from '../support/screens'

describe('adding files', () => {
  test('by dropping them on the window gives each a verdict', async () => {
    const good = await makeClip({ seconds: 3, name: 'good.mp4' })
    const long = await makeClip({ seconds: 12, rate: 25, name: 'long.mp4' })
    await using app = await launchApp()
    await app.drop([good, long])
    const edit = editScreen(app)
    await edit.row('good.mp4').waitFor()
    await expect.poll(() => edit.verdictOf('good.mp4')).toMatch(/pass|ready|ok/i)
    await expect.poll(() => edit.verdictOf('long.mp4')).toMatch(/fail|fix|refused/i)
    const items = await mediaOf(app)
    expect(items.map(({ report }) => report?.verdict).sort()).toEqual(['fail', 'pass'])
    expect(app.complaints).toEqual([])
  })

  test('by dropping a folder adds the files in it', async () => {
    const folder = await makeHome()
    await mkdir(path.join(folder, 'shoot/day 1'), { recursive: true })
    await cp(await makeClip({ seconds: 3 }), path.join(folder, 'shoot/day 1/镜头 一.mp4'))
    await using app = await launchApp()
    await app.drop([path.join(folder, 'shoot')])
    await editScreen(app).row('镜头 一.mp4').waitFor()
    await rm(folder, { recursive: true })
  })

  test('by dropping an empty folder adds nothing and shows a message', async () => {
    const folder = await makeHome()
    await mkdir(path.join(folder, 'empty/inside'), { recursive: true })
    await using app = await launchApp()
    await app.drop([path.join(folder, 'empty')])
    await app.page.getByText('The dropped items contain no files.', { exact: true }).waitFor()
    expect(await mediaOf(app)).toEqual([])
    await rm(folder, { recursive: true })
  })

  test('by the command line works, and a second start passes them on and ends', async () => {
    const first = await makeClip({ seconds: 3, name: 'first.mp4' })
    const second = await makeClip({ seconds: 4, name: 'second.mp4' })
    await using app = await launchApp({ files: [first] })
    await editScreen(app).row('first.mp4').waitFor()
    expect((await startAgain(app.home, [second])).code).toBe(0)
    await editScreen(app).row('second.mp4').waitFor()
  })

  test('that do not exist gives them the verdict fail', async () => {
    const folder = await makeHome()
    await using app = await launchApp()
    const [item] = await addAndCheck(app, [path.join(folder, 'missing.mp4')])
    expect(item?.report?.verdict).toBe('fail')
    expect(item?.report?.findings[0]).toMatchObject({ rule: 'readable', level: 'fail' })
    await rm(folder, { recursive: true })
  })
})

test('two homes run two instances', async () => {
  await using one = await launchApp()
  await using two = await launchApp()
  expect(await mediaOf(one)).toEqual([])
  expect(await mediaOf(two)).toEqual([])
})
