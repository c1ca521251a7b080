import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { createDrafts } from '../../main/edits/drafts'
import { silentLog } from '../../main/log'
import { createProviders } from '../../main/providers/registry'
import { settings } from '../../preload/contract'
import { spec } from '../library/a-library'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { openCatalog } from '../support/open-catalog'
import { temporaryFolder } from '../support/temporary-folder'

/** Drafts of a new home without a key, until one is set. */
const openDrafts = () => {
  const { catalog, database } = openCatalog(temporaryFolder())
  let key: string | null = null
  const sandbox = () => Promise.reject(new Error('not needed'))
  const keys = { get: () => key, source: () => (key ? ('stored' as const) : ('none' as const)) }
  const providers = createProviders({ keys, env: {}, sandbox })
  onTestFinished(() => providers.close())
  const drafts = createDrafts({
    database,
    settings: () => settings.parse({}),
    catalog,
    providers: providers.describe,
    hasBucket: () => false,
    clock: { now: () => 0 },
    log: silentLog,
    newId: randomUUID,
  })
  const setKey = (value: string) => {
    key = value
  }
  return { catalog, drafts, setKey }
}

it('many drafts are checked in their order; other work runs in between, and a new key counts at once', async () => {
  const { catalog, drafts, setKey } = openDrafts()
  const [item] = await catalog.add([await makeClip()])
  const id = item?.id ?? ''
  await catalog.whenChecked(id)
  const one = { ...drafts.ofClip(id), provider: 'dashscope' as const }
  const prompts = Array.from({ length: 40 }, (_, at) => 'x'.repeat(4990 + at))
  const many = prompts.map((prompt) => ({ ...one, prompt }))

  const answers = drafts.checkMany(many)
  setImmediate(() => setKey('sk-1'))
  const checks = await answers
  const expected = many.map(drafts.check)
  expect(checks.map(({ seconds }) => seconds)).toEqual(expected.map(({ seconds }) => seconds))
  const promptOf = ({ report }: (typeof checks)[number]) =>
    report.findings.find(({ rule }) => rule === 'prompt')?.measured
  expect(checks.map(promptOf)).toEqual(expected.map(promptOf))
  expect(new Set(checks.map(promptOf)).size).toBe(40)
  const lacksKey = checks.map(({ blockers }) => blockers.includes('key'))
  expect(lacksKey[0]).toBe(true)
  expect(lacksKey.at(-1)).toBe(false)
})

it('files that only a sidecar names are used after the person agreed, and never asked about again', async () => {
  const { catalog, drafts } = openDrafts()
  const [own, strange] = [await makeClip(), await makeImage()]
  await catalog.add([own])
  const made = spec('snow')
  const [clip] = made.files
  if (!clip) throw new Error('a clip expected')
  const from = {
    ...made,
    files: [
      { ...clip, path: own },
      { ...clip, role: 'reference-image' as const, path: strange, selection: null },
    ],
  }
  const asked: unknown[] = []
  const answer = (agreed: boolean) => async (paths: readonly string[]) => {
    asked.push(paths)
    return agreed
  }
  const video = drafts.fromSpec({ ...from, mode: 'text', files: [] }, answer(true))
  await expect(video).rejects.toMatchObject({ text: { key: 'edits.no_edit' } })
  expect(await drafts.fromSpec(from, answer(false))).toBeNull()
  expect(asked).toEqual([[strange]])
  expect(catalog.list()).toHaveLength(1)
  expect(drafts.list()).toEqual([])
  expect(await drafts.fromSpec(from, answer(true))).toMatchObject({ prompt: 'snow' })
  expect(await drafts.fromSpec(from, answer(false))).toMatchObject({ prompt: 'snow' })
  expect(asked).toHaveLength(2)
})
