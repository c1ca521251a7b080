import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { FileSpec } from '../../main/edits/job-spec'
import { fileSpecOf, noFix } from '../../main/edits/submission'
import type { FileRole } from '../../preload/contract'
import { createJobsWorld } from '../support/jobs-world'

it('a job with several files prepares, uploads and sends them in their order, each with its role', async () => {
  const world = createJobsWorld()
  const fileOf = (role: FileRole, name: string): FileSpec => {
    const file = path.join(world.folder, name)
    writeFileSync(file, `clip ${name}`)
    return fileSpecOf({ role, mediaId: null, path: file, name, fix: noFix, selection: null })
  }
  const [clip] = world.spec().files
  if (!clip) throw new Error('the world has no clip')
  const files = [
    fileOf('reference-image', 'first.mp4'),
    clip,
    fileOf('reference-video', 'second.mp4'),
    fileOf('reference-image', 'third.mp4'),
  ]
  const { jobs, library, store } = world.process()
  jobs.start()
  const { id } = jobs.submit(world.spec({ files }))
  await world.clock.until(() => jobs.get(id)?.state === 'saved')

  const [request] = world.provider.calls.create
  expect(request?.media).toEqual([
    { role: 'reference-image', url: 'oss://bucket/first.mp4' },
    { role: 'clip', url: 'oss://bucket/beach.mp4', size: { width: 1280, height: 720 } },
    { role: 'reference-video', url: 'oss://bucket/second.mp4' },
    { role: 'reference-image', url: 'oss://bucket/third.mp4' },
  ])
  const names = ['first.mp4', 'beach.mp4', 'second.mp4', 'third.mp4']
  expect(world.provider.calls.upload).toEqual(names)
  expect(world.prepared.map((file) => path.basename(file))).toEqual(names)
  expect(jobs.get(id)).toMatchObject({
    name: 'beach.mp4',
    files: files.map(({ role, name }) => ({ role, name })),
  })
  expect(store.get(id)?.files?.map(({ role }) => role)).toEqual(files.map(({ role }) => role))
  const [entry] = library.list({ words: '', providers: [] })
  expect(entry?.files.map(({ role, name }) => ({ role, name }))).toEqual(
    files.map(({ role, name }) => ({ role, name })),
  )
})

it('a job without a clip sends its files all the same', async () => {
  const world = createJobsWorld()
  const [clip] = world.spec().files
  if (!clip) throw new Error('the world has no clip')
  const { jobs, library } = world.process()
  jobs.start()
  const { id } = jobs.submit(world.spec({ files: [{ ...clip, role: 'first-frame' }] }))
  await world.clock.until(() => jobs.get(id)?.state === 'saved')
  expect(world.provider.calls.create[0]?.media).toEqual([
    { role: 'first-frame', url: 'oss://bucket/beach.mp4' },
  ])
  const [entry] = library.list({ words: '', providers: [] })
  expect(entry?.urls.before).toBeNull()
})

it('a job from words alone is called by its prompt, and has no clip to compare with', async () => {
  const world = createJobsWorld()
  const { jobs, library } = world.process()
  jobs.start()
  const prompt = `a boat at night, ${'slowly '.repeat(20)}sinking`
  const { id } = jobs.submit(world.spec({ mode: 'text', prompt, files: [] }))
  await world.clock.until(() => jobs.get(id)?.state === 'saved')
  expect(world.provider.calls.create[0]).toMatchObject({ mode: 'text', media: [] })
  expect(jobs.get(id)).toMatchObject({ posterUrl: null, files: [] })
  expect(jobs.get(id)?.name).toMatch(/^a boat at night, slowly .*…$/)
  const [entry] = library.list({ words: '', providers: [] })
  expect(entry).toMatchObject({ mode: 'text', urls: { before: null } })
  expect(entry?.fileName).toMatch(/ a boat at night, slowly .*\.mp4$/)
})

it('a job from a first frame shows it, and one that continues a clip has no before', async () => {
  const world = createJobsWorld()
  const [clip] = world.spec().files
  if (!clip) throw new Error('the world has no clip')
  const { jobs, library } = world.process()
  jobs.start()
  const [framed, continued, edited] = jobs.submitSet([
    world.spec({ mode: 'image', files: [{ ...clip, role: 'first-frame' }] }),
    world.spec({ mode: 'image' }),
    world.spec(),
  ])
  const ids = [framed, continued, edited].map((job) => job?.id ?? '')
  await world.clock.until(() => ids.every((id) => jobs.get(id)?.state === 'saved'))
  expect(jobs.get(ids[0] ?? '')?.posterUrl).toContain('job-poster')
  const before = ids.map((id) => {
    const entry = library.get(jobs.get(id)?.libraryId ?? '')
    return [entry?.urls.before !== null, library.beforeOf(entry?.id ?? '') !== null]
  })
  expect(before).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ])
})

it('a voice is sent and kept with the number of its reference', async () => {
  const world = createJobsWorld()
  const [clip] = world.spec().files
  if (!clip) throw new Error('the world has no clip')
  const { jobs, library } = world.process()
  jobs.start()
  const files: FileSpec[] = [
    { ...clip, role: 'reference-video' },
    { ...clip, role: 'voice', of: 1 },
  ]
  const { id } = jobs.submit(world.spec({ mode: 'references', files }))
  await world.clock.until(() => jobs.get(id)?.state === 'saved')
  expect(world.provider.calls.create[0]?.media).toMatchObject([
    { role: 'reference-video' },
    { role: 'voice', of: 1 },
  ])
  const kept = [{ role: 'reference-video' }, { role: 'voice', of: 1 }]
  expect(jobs.get(id)?.files).toMatchObject(kept)
  expect(library.list({ words: '', providers: [] })[0]?.files).toMatchObject(kept)
  expect(library.specOf(jobs.get(id)?.libraryId ?? '')).toMatchObject({ mode: 'references', files })
})
