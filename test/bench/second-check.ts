import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { createMediaCatalog } from '../../main/catalog/catalog'
import { createPreparedFiles } from '../../main/catalog/prepared-files'
import { systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { makeHome, resolveHome } from '../../main/home'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import { bundledTools } from '../../main/tools/tool-paths'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { type BenchRow, compared, timed } from './rows'

const each = 200

const makeFiles = async (folder: string): Promise<string[]> => {
  const sources = [
    await makeClip({ seconds: 3, sound: 'tone' }),
    await makeImage({ width: 1600, height: 1200 }),
    await makeClip({ seconds: 4, codec: 'hevc', extension: '.mov' }),
    await makeImage({ width: 1600, height: 1200, format: 'png', alpha: 'channel' }),
  ]
  await mkdir(folder)
  const paths = Array.from({ length: each * 2 }, (_, at) => {
    const source = sources[at % sources.length] ?? ''
    return { source, path: join(folder, `${at}${extname(source)}`) }
  })
  for (const { source, path } of paths) await copyFile(source, path)
  return paths.map(({ path }) => path)
}

const openCatalog = (folder: string) => {
  const home = resolveHome({ env: {}, home: join(folder, 'home') })
  makeHome(home)
  const database = openDatabase(home.database, { migrations, log: silentLog })
  // Stills are no part of a check.
  const media = { ...createMediaTools(bundledTools), poster: async () => false }
  const prepared = createPreparedFiles({ folder: home.prepared, media, toolStamp: async () => '' })
  const catalog = createMediaCatalog({
    database,
    media,
    home,
    prepared,
    clock: systemClock,
    log: silentLog,
    notice: () => {},
  })
  return {
    check: async (files: readonly string[]) => {
      const items = await catalog.add(files)
      await Promise.all(items.map(({ id }) => catalog.whenChecked(id)))
    },
    close: () => {
      catalog.close()
      prepared.stop()
      database.close()
    },
  }
}

/** Clips and images added a second time, in a new session, unchanged, against the first time. */
export const benchSecondCheck = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  try {
    const files = await makeFiles(join(folder, 'files'))
    const first = openCatalog(folder)
    const before = await timed(() => first.check(files))
    first.close()
    const second = openCatalog(folder)
    const after = await timed(() => second.check(files))
    second.close()
    return [
      compared(
        `second check of ${each} clips and ${each} images against the first`,
        after,
        before,
        1 / 20,
        'ms',
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
