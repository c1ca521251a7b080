import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { resolveHome } from '../../main/home'
import { openServices, type Services } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { type Job, needsAttention } from '../../preload/contract'
import { startDashScopeServer } from '../support/dashscope-server'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'
import { createVirtualClock } from '../support/virtual-clock'

/** A home with a job at a strict DashScope, on a clock on which a held job is not tried again by itself. */
const submitted = async () => {
  const result = readFileSync(await makeClip())
  const server = await startDashScopeServer({ words: ['SUCCEEDED'], result })
  onTestFinished(() => server.stop())
  const folder = temporaryFolder()
  const clock = createVirtualClock()
  const services = await openServices({
    home: resolveHome({ env: {}, home: folder }),
    env: { RESHOOT_DASHSCOPE_URL: server.url },
    secretBox: plainSecretBox,
    clock,
  })
  onTestFinished(() => services.close())
  services.keys.set('dashscope', server.key)
  services.jobs.start()
  const [item] = await services.catalog.add([await makeClip()])
  if (!item) throw new Error('one item expected')
  await services.catalog.whenChecked(item.id)
  const draft = { ...services.drafts.ofClip(item.id), prompt: 'snow' }
  const { id } = services.jobs.submit(services.drafts.toSpec(draft))
  await when(services, id, ({ state }) => state === 'pending')
  const isHeld = () => services.jobs.list().some(needsAttention)
  return { server, folder, services, clock, id, isHeld }
}

/** Waits in real time, while the virtual clock stands still. */
const when = async (services: Services, id: string, holds: (job: Job) => boolean): Promise<Job> => {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const look = (job: Job | null) => {
    if (job?.id === id && holds(job)) resolve(job)
  }
  services.jobs.onChange(look)
  look(services.jobs.get(id))
  return await promise
}

it('a job that is held for its key is saved as soon as a working key is entered', async () => {
  const { server, services, clock, id, isHeld } = await submitted()
  services.keys.set('dashscope', 'sk-mistyped')
  await clock.until(isHeld)
  expect(services.jobs.get(id)).toMatchObject({ state: 'pending', canRetry: true })
  const { query } = server.calls
  services.settings.set({ theme: 'dark' })
  services.keys.set('dashscope', 'sk-mistyped-too')
  await expect.poll(() => server.calls.query).toBe(query + 1)
  expect(isHeld()).toBe(true)
  services.keys.set('dashscope', server.key)
  await when(services, id, ({ state }) => state === 'saved')
  expect(server.calls).toMatchObject({ create: 1, query: query + 2 })
})

it('a job that is held for its folder is saved as soon as another one is chosen', async () => {
  const { server, folder, services, clock, id, isHeld } = await submitted()
  const blocked = path.join(folder, 'no-folder')
  writeFileSync(blocked, '')
  services.settings.set({ libraryFolder: blocked })
  await clock.until(isHeld)
  expect(services.jobs.get(id)).toMatchObject({ state: 'downloading' })
  const elsewhere = path.join(folder, 'elsewhere')
  mkdirSync(elsewhere)
  services.settings.set({ libraryFolder: elsewhere })
  await when(services, id, ({ state }) => state === 'saved')
  expect(server.calls.create).toBe(1)
})
