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
  /** A small copy that can be sought quickly; null for a clip too long to copy. */
  scrubCopy: (id: string, file: string, facts: Facts, work: Work) => Promise<string | null>
  /** Files behind the addresses handed out since the start; null when none was. */
  pathOf: (kind: 'filmstrip' | 'proxy' | 'scrub', id: string) => string | null
  stop: () => void
}

export interface MediaPreviewsOptions {
  media: Pick<MediaTools, 'filmstrip' | 'proxy' | 'scrubCopy'>
  folders: { filmstrips: string; proxies: string }
}

/** Seconds of the longest clip that is copied whole: longer ones would fill the disk for a trim of 10 s. */
const longestCopied = 600

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
  const scrubs = createSingleFlight<void>()
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
    scrubCopy: async (id, file, facts, work) => {
      const seconds = facts.kind === 'video' ? (facts.durations.container ?? facts.duration) : null
      if (seconds === null || seconds > longestCopied) return null
      const identity = await fileIdentity(file)
      const output = path.join(folders.proxies, `${identity}.scrub.mp4`)
      await scrubs.run(identity, work, async (shared) => {
        if (!existsSync(output)) await media.scrubCopy(file, facts, output, shared)
      })
      files.set(`scrub/${id}`, output)
      await markUsed(output)
      return mediaUrl('scrub', id, identity)
    },
    pathOf: (kind, id) => files.get(`${kind}/${id}`) ?? null,
    stop: () => {
      strips.stop()
      proxies.stop()
      scrubs.stop()
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
