import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Filmstrip } from '../../preload/contract'
import { markUsed } from '../files/forget-old'
import type { MediaTools } from '../media/media-tools'
import type { Work } from '../tools/run-tool'
import { fileIdentity } from './file-identity'
import { createFilmstrips } from './filmstrips'
import { mediaUrl } from './media-url'
import { nameForTrack, type PictureSource } from './picture-source'
import { createSingleFlight } from './single-flight'

/** Strips and playable copies of clips, each made once and kept by content. */
export interface MediaPreviews {
  /** Without `wait` it answers with the tiles so far as soon as there is one. */
  filmstrip: (source: PictureSource, wait: boolean) => Promise<Filmstrip>
  proxy: (source: PictureSource, work: Work) => Promise<string>
  /** A small copy that can be sought quickly; null for a clip too long to copy. */
  scrubCopy: (source: PictureSource, work: Work) => Promise<string | null>
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

export const createMediaPreviews = ({ media, folders }: MediaPreviewsOptions): MediaPreviews => {
  const strips = createFilmstrips(media, folders.filmstrips)
  const proxies = createSingleFlight<void>()
  const scrubs = createSingleFlight<void>()
  const files = new Map<string, string>()

  return {
    filmstrip: strips.get,
    proxy: async ({ id, file, facts, track }, work) => {
      const identity = nameForTrack(await fileIdentity(file), track)
      const output = path.join(folders.proxies, `${identity}.mp4`)
      await proxies.run(identity, work, async (shared) => {
        if (!existsSync(output)) await media.proxy(file, facts, output, { ...shared, track })
      })
      const name = nameForTrack(id, track)
      files.set(`proxy/${name}`, output)
      await markUsed(output)
      return mediaUrl('proxy', name, identity)
    },
    scrubCopy: async ({ id, file, facts, track }, work) => {
      const seconds = facts.kind === 'video' ? (facts.durations.container ?? facts.duration) : null
      if (seconds === null || seconds > longestCopied) return null
      const identity = nameForTrack(await fileIdentity(file), track)
      const output = path.join(folders.proxies, `${identity}.scrub.mp4`)
      await scrubs.run(identity, work, async (shared) => {
        if (!existsSync(output)) await media.scrubCopy(file, facts, output, { ...shared, track })
      })
      const name = nameForTrack(id, track)
      files.set(`scrub/${name}`, output)
      await markUsed(output)
      return mediaUrl('scrub', name, identity)
    },
    pathOf: (kind, id) =>
      kind === 'filmstrip' ? strips.pathOf(id) : (files.get(`${kind}/${id}`) ?? null),
    stop: () => {
      strips.stop()
      proxies.stop()
      scrubs.stop()
    },
  }
}
