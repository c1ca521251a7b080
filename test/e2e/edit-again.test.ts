import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { editOptions } from '../../preload/contract'
import { spec } from '../library/a-library'
import { type App, launchApp } from '../support/app'
import { mediaOf } from '../support/app-verbs'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { editScreen, go, libraryScreen } from '../support/screens'
import { temporaryFolder } from '../support/temporary-folder'
import { testId } from '../support/test-id'

/** A library with one result that somebody else made; its sidecar names two files of this computer. */
const giftOf = async (named: { clip: string; image: string }): Promise<string> => {
  const home = temporaryFolder()
  const library = path.join(home, 'library')
  await mkdir(library)
  await copyFile(await makeClip({ seconds: 2 }), path.join(library, 'gift.mp4'))
  const made = spec('a harmless edit')
  const [clip] = made.files
  const at = '2026-01-02T03:04:05.000Z'
  const files = [
    { ...clip, path: named.clip, name: 'clip.mp4', selection: null },
    { ...clip, role: 'reference-image', path: named.image, name: 'image.jpg', selection: null },
  ]
  const sidecar = {
    format: 'reshoot.result',
    version: 2,
    id: testId('gift'),
    jobId: testId('job'),
    setId: testId('set'),
    video: 'gift.mp4',
    createdAt: at,
    submittedAt: at,
    provider: 'sandbox',
    model: 'wan2.7-videoedit',
    taskId: null,
    requestId: null,
    mode: 'edit',
    prompt: made.prompt,
    negativePrompt: '',
    options: editOptions.parse({}),
    billed: null,
    duration: 2,
    width: 640,
    height: 360,
    bytes: 1000,
    files: files.map(({ role, name, selection }) => ({ role, name, selection })),
    edit: { ...made, provider: 'sandbox', files },
  }
  await writeFile(path.join(library, 'gift.reshoot.json'), JSON.stringify(sidecar))
  return home
}

interface Question {
  message: string
  detail: string
  /** The button that Enter and Esc press. */
  usual: string[]
}

/** Presses the button of this name when main asks; gives what it has asked since. */
const press = async ({ electron }: App, button: string): Promise<() => Promise<Question[]>> => {
  await electron.evaluate(({ dialog }, label) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { asked })
    const answer = async (_parent: unknown, options: Electron.MessageBoxOptions) => {
      const { message, detail, buttons = [], defaultId = -1, cancelId = -1 } = options
      asked.push({ message, detail, usual: [buttons[defaultId], buttons[cancelId]] })
      return { response: buttons.indexOf(label), checkboxChecked: false }
    }
    dialog.showMessageBox = answer as typeof dialog.showMessageBox
  }, button)
  return () => electron.evaluate(() => (globalThis as unknown as { asked: Question[] }).asked)
}

test('“Edit again” asks before files that only a sidecar names are used, and a “no” uses none', async () => {
  const own = temporaryFolder()
  const named = { clip: path.join(own, 'diary.mp4'), image: path.join(own, 'passport.jpg') }
  await copyFile(await makeClip({ seconds: 4 }), named.clip)
  await copyFile(await makeImage(), named.image)
  await using app = await launchApp({ home: await giftOf(named) })
  await go(app, 'library')
  await libraryScreen(app).entries.first().click()
  const again = app.page.getByRole('button', { name: 'Edit again' })

  const askedFirst = await press(app, 'Cancel')
  await again.click()
  await expect.poll(async () => (await askedFirst()).length).toBe(1)
  const [question] = await askedFirst()
  expect(question).toMatchObject({
    message: 'Use the 2 files that this result names?',
    usual: ['Cancel', 'Cancel'],
  })
  for (const file of Object.values(named)) expect(question?.detail).toContain(file)
  await again.and(app.page.locator(':enabled')).waitFor()
  expect(await mediaOf(app)).toEqual([])
  expect(await app.page.evaluate(() => window.reshoot.drafts.list())).toMatchObject({ value: [] })

  const askedAgain = await press(app, 'Use them')
  await again.click()
  await editScreen(app).row('diary.mp4').waitFor()
  expect(await askedAgain()).toHaveLength(1)
  expect(await editScreen(app).prompt.inputValue()).toBe('a harmless edit')
  expect((await mediaOf(app)).map(({ name }) => name).toSorted()).toEqual([
    'diary.mp4',
    'passport.jpg',
  ])
  expect(app.complaints).toEqual([])
})
