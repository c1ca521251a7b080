import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Facts, Filmstrip } from '../../preload/contract'
import type { MediaTools, Work } from '../media/media-tools'
import { fileIdentity } from './file-identity'
import { markUsed } from './mark-used'
import { mediaUrl } from './media-url'
import { createSingleFlight } from './single-flight'

/** Strips and playable copies of clips, each made once and kept by content. */
export interface MediaPreviews {
  filmstrip: (id: string, file: string, facts: Facts) => Promise<Filmstrip>
  proxy: (id: string, file: string, facts: Facts, work: Work) => Promise<string>
  /** Files behind the addresses handed out since the start; null when none was. */
  pathOf: (kind: 'filmstrip' | 'proxy', id: string) => string | null
  stop: () => void
}

export interface MediaPreviewsOptions {
  media: Pick<MediaTools, 'filmstrip' | 'proxy'>
  folders: { filmstrips: string; proxies: string }
}

/** Beside each strip: how it is divided. Pixels, seconds. */
const stripRecord = z.object({
  count: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  duration: z.number(),
})

export const createMediaPreviews = ({ media, folders }: MediaPreviewsOptions): MediaPreviews => {
  const strips = createSingleFlight<z.infer<typeof stripRecord>>()
  const proxies = createSingleFlight<void>()
  const files = new Map<string, string>()

  const makeStrip = async (file: string, facts: Facts, output: string, work: Work) => {
    const made = await media.filmstrip(file, facts, output, work)
    const record = stripRecord.parse(made)
    await writeFile(recordOf(output), JSON.stringify(record), { mode: 0o600 })
    return record
  }

  return {
    filmstrip: async (id, file, facts) => {
      const identity = await fileIdentity(file)
      const output = path.join(folders.filmstrips, `${identity}.jpg`)
      const strip = await strips.run(
        identity,
        {},
        async (work) => (await readStrip(output)) ?? (await makeStrip(file, facts, output, work)),
      )
      files.set(`filmstrip/${id}`, output)
      await markUsed(output, recordOf(output))
      return { url: mediaUrl('filmstrip', id, identity), ...strip }
    },
    proxy: async (id, file, facts, work) => {
      const identity = await fileIdentity(file)
      const output = path.join(folders.proxies, `${identity}.mp4`)
      await proxies.run(identity, work, async (shared) => {
        if (!existsSync(output)) await media.proxy(file, facts, output, shared)
      })
      files.set(`proxy/${id}`, output)
      await markUsed(output)
      return mediaUrl('proxy', id, identity)
    },
    pathOf: (kind, id) => files.get(`${kind}/${id}`) ?? null,
    stop: () => {
      strips.stop()
      proxies.stop()
    },
  }
}

const recordOf = (output: string): string => output.replace(/\.jpg$/, '.json')

const readStrip = async (output: string): Promise<z.infer<typeof stripRecord> | null> => {
  try {
    const record = stripRecord.parse(JSON.parse(await readFile(recordOf(output), 'utf8')))
    return existsSync(output) ? record : null
  } catch {
    return null // none yet, or of another version: it is made again
  }
}
