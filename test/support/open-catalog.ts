import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createMediaCatalog } from '../../main/catalog/catalog'
import { createPreparedFiles } from '../../main/catalog/prepared-files'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { makeHome, resolveHome } from '../../main/home'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import type { MediaTools } from '../../main/media/media-tools'
import type { MediaItem, Text } from '../../preload/contract'
import { testTools } from './test-tools'

/** A catalog in a home of its own, with the real tools except for the replaced ones. */
export const openCatalog = (folder: string, replaced: Partial<MediaTools> = {}) => {
  const home = resolveHome({ env: {}, home: path.join(folder, 'home') })
  makeHome(home)
  const database = openDatabase(home.database, { migrations, log: silentLog })
  const media = { ...createMediaTools(testTools), ...replaced }
  const prepared = createPreparedFiles({
    folder: home.prepared,
    media,
    toolStamp: async () => 'test',
  })
  const notices: Text[] = []
  let time = 1_000
  const catalog = createMediaCatalog({
    database,
    media,
    home,
    prepared,
    clock: { now: () => time++ },
    log: silentLog,
    notice: (text) => notices.push(text),
  })
  const close = () => {
    catalog.close()
    prepared.stop()
    database.close()
  }
  onTestFinished(close)
  const until = async (id: string, isThere: (item: MediaItem) => boolean): Promise<MediaItem> => {
    const { promise, resolve } = Promise.withResolvers<MediaItem>()
    const look = (item: MediaItem | null) => {
      if (item?.id === id && isThere(item)) resolve(item)
    }
    const forget = catalog.onChange(look)
    look(catalog.get(id))
    const item = await promise
    forget()
    return item
  }
  return { catalog, database, home, media, prepared, notices, close, until }
}
