import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { resolveHome } from '../../main/home'
import { parseSidecar } from '../../main/library/sidecar'
import { openServices } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { fileOf, filesOf } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { makeOldHome } from '../support/old-home'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

const open = async (home: string) => {
  const services = await openServices({
    home: resolveHome({ env: {}, home }),
    env: {},
    secretBox: plainSecretBox,
  })
  onTestFinished(() => services.close())
  return services
}

const everything = { words: '', providers: [] }

it('a home of a newer version is refused by every command, and not changed', async () => {
  const home = temporaryFolder()
  const file = path.join(home, 'reshoot.db')
  const newer = new DatabaseSync(file)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  const before = readFileSync(file)
  for (const command of ['jobs', 'resume', 'library', `edit ${await makeClip()} --prompt x`])
    expect(await runInProcess(['--home', home, ...command.split(' ')])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/created by a newer version of Reshoot .*Update Reshoot.*\n$/),
    })
  expect(readFileSync(file)).toEqual(before)
})

it('every draft of a home of version 0.1.0 is there, with an id of its own', async () => {
  const { home } = await makeOldHome()
  const { drafts, catalog } = await open(home)
  const list = drafts.list()
  expect(list).toHaveLength(4)
  expect(new Set(list.map(({ id }) => id)).size).toBe(4)
  expect(list.every(({ id, source }) => id !== source.clipId)).toBe(true)
  const [snow, water, larger, empty] = list.toSorted((a, b) => a.updatedAt - b.updatedAt)
  expect(snow).toMatchObject({
    provider: 'sandbox',
    prompt: 'a snowy street at night',
    negativePrompt: 'people',
    source: {
      kind: 'clip',
      selection: { start: 2, end: 5 },
      moreSelections: [{ start: 6, end: 8.5 }],
    },
    options: { quality: '720p', ratio: '16:9', sound: 'keep', seed: 7 },
  })
  expect(snow?.source.imageIds.map((id) => catalog.get(id)?.name)).toEqual([
    'jacket.png',
    'hat.png',
  ])
  expect(snow?.fixes[snow.source.imageIds[1] ?? '']).toMatchObject({
    remedies: ['scale'],
    background: '#ffffff',
  })
  expect(water).toMatchObject({ prompt: '换成水彩画', provider: 'evolink' })
  expect(water?.source).toMatchObject({ selection: null, moreSelections: [], imageIds: [] })
  expect(larger?.fixes[larger.source.clipId]).toMatchObject({
    remedies: ['scale', 'pad'],
    pad: 'blur',
    crop: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
  })
  expect(empty).toMatchObject({ prompt: '', provider: 'apiyi' })
  expect(snow && drafts.ofClip(snow.source.clipId)).toEqual(snow)
})

it('every job of a home of version 0.1.0 is there, in its state, with its files and its bill', async () => {
  const { home } = await makeOldHome()
  const { jobs } = await open(home)
  const list = jobs.list()
  expect(list).toHaveLength(17)
  expect(list.every(({ id, setId, mode }) => setId === id && mode === 'edit')).toBe(true)
  const states = Object.fromEntries(
    list.filter(({ id }) => id.startsWith('job-')).map(({ id, state }) => [id, state]),
  )
  for (const [id, state] of Object.entries(states)) expect(id).toBe(`job-${state}`)
  expect(Object.keys(states)).toHaveLength(11)
  const downloading = jobs.get('job-downloading')
  expect(downloading).toMatchObject({
    provider: 'evolink',
    taskId: 'task-downloading',
    billed: { amount: 0.516 },
    files: [
      { role: 'clip', name: 'beach.mp4', selection: { start: 1, end: 4 } },
      { role: 'reference-image', name: 'jacket.png', selection: null },
    ],
  })
  const saved = list.find(({ prompt }) => prompt === 'a snowy street at night')
  expect(saved).toMatchObject({ state: 'saved', name: 'beach.mp4' })
  expect(saved && filesOf(saved.files, 'reference-image').map(({ name }) => name)).toEqual([
    'jacket.png',
    'hat.png',
  ])
  expect(saved && fileOf(saved.files, 'clip')?.selection).toEqual({ start: 2, end: 5 })
})

it('every result of a home of version 0.1.0 is there and can be edited again', async () => {
  const { home } = await makeOldHome()
  const { library } = await open(home)
  const entries = library.list(everything)
  expect(entries.map(({ prompt }) => prompt).toSorted()).toEqual(
    ['a snowy street at night', 'to be forgotten', '换成水彩画'].toSorted(),
  )
  const snow = entries.find(({ prompt }) => prompt.startsWith('a snowy'))
  expect(snow).toMatchObject({
    mode: 'edit',
    setId: snow?.jobId,
    missing: false,
    files: [
      { role: 'clip', name: 'beach.mp4', selection: { start: 2, end: 5 } },
      { role: 'reference-image', name: 'jacket.png' },
      { role: 'reference-image', name: 'hat.png' },
    ],
  })
  expect(library.specOf(snow?.id ?? '')).toMatchObject({
    mode: 'edit',
    files: [{ role: 'clip' }, {}, {}],
  })
  expect(library.list({ ...everything, words: 'hat.png' })).toHaveLength(1)
  expect(library.totals()).toMatchObject([{ edits: 4, provider: 'sandbox' }])
})

it('sidecars of version 1 rebuild a lost index, and stay as they were', async () => {
  const { home } = await makeOldHome()
  const folder = path.join(home, 'library')
  const sidecars = readdirSync(folder).filter((name) => name.endsWith('.reshoot.json'))
  const before = sidecars.map((name) => readFileSync(path.join(folder, name), 'utf8'))
  rmSync(path.join(home, 'reshoot.db'))
  const { library } = await open(home)
  await library.rebuild()
  expect(library.list(everything)).toHaveLength(sidecars.length)
  expect(sidecars.map((name) => readFileSync(path.join(folder, name), 'utf8'))).toEqual(before)
  for (const text of before) expect(parseSidecar(text)).toMatchObject({ version: 2, mode: 'edit' })
})
