import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMediaChecks } from '../../main/catalog/checks'
import { walk } from '../../main/catalog/file-walk'
import { stampOf } from '../../main/files/disk'
import { silentLog } from '../../main/log'
import { tools } from '../support/media-folder'
import { temporaryFolder } from '../support/temporary-folder'

/** The remote disk answers after this promise; null if it answers at once. */
const far = vi.hoisted(() => ({ away: null as Promise<void> | null }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    stat: async (...args: Parameters<typeof real.stat>) => {
      if (String(args[0]).includes('far')) await far.away
      return await real.stat(...args)
    },
  }
})

/** Until the test ends, the disk does not answer for files with `far` in their path. */
const silence = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  far.away = promise
  onTestFinished(() => {
    far.away = null
    resolve()
  })
}

const fileIn = (folder: string, name: string) => {
  const file = path.join(folder, name)
  writeFileSync(file, 'something')
  return file
}

describe('a file on a disk that does not answer', () => {
  it('is late, not missing', async () => {
    const folder = temporaryFolder()
    const [near, away] = ['near.mp4', 'far.mp4'].map((name) => fileIn(folder, name))
    silence()
    const soon = () => AbortSignal.timeout(100)
    expect(await stampOf(near ?? '', AbortSignal.timeout(60_000))).toMatchObject({ bytes: 9 })
    expect(await stampOf(path.join(folder, 'none.mp4'), AbortSignal.timeout(60_000))).toBeNull()
    expect(await stampOf(away ?? '', soon())).toBe('late')
  })

  it('stays in the list of dropped files, so that it gets a verdict', async () => {
    const folder = temporaryFolder()
    const files = ['far1.mp4', 'near.mp4', 'far2.mp4', 'far3.mp4'].map((name) =>
      fileIn(folder, name),
    )
    silence()
    const { files: found } = await walk(files, { patience: 100 })
    expect(found).toEqual(files)
  })

  it('does not delay closing the app', async () => {
    const away = fileIn(temporaryFolder(), 'far.mp4')
    silence()
    const checks = createMediaChecks(tools, silentLog)
    const stamp = checks.stamp(away)
    checks.close()
    expect(await stamp).toBe('late')
  })
})
