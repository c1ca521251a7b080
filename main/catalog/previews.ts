import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import {
  type Facts,
  type Filmstrip,
  ofTrack,
  type SceneChanges,
  sceneChanges,
  type Waveform,
  waveform,
} from '../../preload/contract'
import { writeJson } from '../files/atomic'
import { markUsed } from '../files/forget-old'
import { readJson } from '../files/read'
import type { MediaTools } from '../media/media-tools'
import { filmstripShape, removeTiles } from '../media/previews/filmstrip'
import type { Work } from '../tools/run-tool'
import { fileIdentity } from './file-identity'
import { mediaUrl } from './media-url'
import { createSingleFlight } from './single-flight'

/** One video track of a clip. */
export interface PictureSource {
  /** The clip in the catalog. */
  id: string
  file: string
  /** With the measures of the track. */
  facts: Facts
  /** Counted from 0. */
  track: number
}

/** The requested track; the first one where the clip does not have it. */
export const pictureSource = (
  id: string,
  file: string,
  facts: Facts,
  track: number,
): PictureSource => {
  if (facts.kind !== 'video' || !facts.tracks?.[track]) return { id, file, facts, track: 0 }
  return { id, file, facts: ofTrack(facts, track), track }
}

/** What the window shows of a clip: each preview is made once for each content and kept on disk. */
export interface MediaPreviews {
  /** With `wait` false: the tiles made so far, as soon as there is one. */
  filmstrip: (source: PictureSource, wait: boolean) => Promise<Filmstrip>
  proxy: (source: PictureSource, work: Work) => Promise<string>
  /** A small copy that can be sought quickly; null for a clip too long to copy. */
  scrubCopy: (source: PictureSource, work: Work) => Promise<string | null>
  waveform: (source: Pick<PictureSource, 'file' | 'facts'>) => Promise<Waveform>
  scenes: (source: Omit<PictureSource, 'id'>) => Promise<SceneChanges>
  /** File behind a URL that was given since the start; null when there was none. */
  pathOf: (kind: 'filmstrip' | 'proxy' | 'scrub', id: string) => string | null
  stop: () => void
}

export interface MediaPreviewsOptions {
  media: Pick<MediaTools, 'filmstrip' | 'proxy' | 'scrubCopy' | 'waveform' | 'sceneChanges'>
  folders: { filmstrips: string; proxies: string }
}

/** Beside each filmstrip: how it is divided. Pixels, seconds. */
const stripRecord = z.object({
  count: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  duration: z.number(),
})
type StripRecord = z.infer<typeof stripRecord>

/** Milliseconds that single tiles stay after the filmstrip is made: until every window shows the strip. */
const tilesKept = 30_000

/** Seconds. Longer clips are not copied: they would fill the disk. */
const longestCopied = 600

export const createMediaPreviews = ({ media, folders }: MediaPreviewsOptions): MediaPreviews => {
  const files = new Map<string, string>()
  /** Single tiles of the filmstrips that are being made, by output. */
  const tiles = new Map<string, string[]>()

  const strips = keptByContent(folders.filmstrips, '.jpg', {
    read: readStrip,
    make: async ({ file, facts, track }, output, { signal, onProgress }) => {
      const prefix = `${output.replace(/\.jpg$/, '')}.tile-`
      const onTiles = (made: string[]) => {
        tiles.set(output, made)
        onProgress?.(0)
      }
      try {
        const options = { ...(signal ? { signal } : {}), track, tiles: { prefix, onTiles } }
        const strip = stripRecord.parse(await media.filmstrip(file, facts, output, options))
        await writeJson(recordOf(output), strip)
        // Tiles that cannot be removed now are removed with other unused files.
        const remove = () => void removeTiles(prefix, strip.count).catch(() => {})
        setTimeout(remove, tilesKept).unref()
        return strip
      } finally {
        tiles.delete(output)
      }
    },
  })
  const waveforms = keptByContent(folders.filmstrips, '.waveform.json', {
    read: (output) => readJson(output, waveform),
    make: async ({ file, facts }, output, work) => {
      const made = await media.waveform(file, facts, work)
      await writeJson(output, made)
      return made
    },
  })
  const scenes = keptByContent(folders.filmstrips, '.scenes.json', {
    read: (output) => readJson(output, sceneChanges),
    make: async ({ file, facts, track }, output, work) => {
      const made = { seconds: await media.sceneChanges(file, facts, { ...work, track }) }
      await writeJson(output, made)
      return made
    },
  })
  const copies = (suffix: string, copy: MediaTools['proxy']) =>
    keptByContent(folders.proxies, suffix, {
      read: async (output) => existsSync(output) || null,
      make: async ({ file, facts, track }, output, work) => {
        await copy(file, facts, output, { ...work, track })
        return true
      },
    })
  const proxies = copies('.mp4', (...args) => media.proxy(...args))
  const scrubs = copies('.scrub.mp4', (...args) => media.scrubCopy(...args))

  const copyUrl = async (
    kind: 'proxy' | 'scrub',
    source: PictureSource,
    work: Work,
  ): Promise<string> => {
    const { identity, output, made } = await (kind === 'proxy' ? proxies : scrubs).get(source, work)
    await made
    const name = nameForTrack(source.id, source.track)
    files.set(`${kind}/${name}`, output)
    return mediaUrl(kind, name, identity)
  }

  const tilesSoFar = (name: string, identity: string, facts: Facts, made: readonly string[]) => {
    const shape = filmstripShape(facts)
    if (!shape) return null
    const urls = made.map((tile, at) => {
      files.set(`filmstrip/${name}.${at}`, tile)
      return mediaUrl('filmstrip', `${name}.${at}`, `${identity}${path.basename(tile)}`)
    })
    return { url: mediaUrl('filmstrip', name, identity), ...shape, tiles: urls }
  }

  return {
    filmstrip: async (source, wait) => {
      const name = nameForTrack(source.id, source.track)
      const { promise: firstTile, resolve: begin } = Promise.withResolvers<void>()
      const { identity, output, made } = await strips.get(source, { onProgress: () => begin() })
      // A caller that gets single tiles does not handle a failure of the strip.
      void made.catch(() => {}).then(() => begin())
      if (!wait) {
        if (!tiles.has(output)) await firstTile
        const soFar = tiles.get(output)
        const early = soFar && tilesSoFar(name, identity, source.facts, soFar)
        if (early) return early
      }
      const strip = await made
      files.set(`filmstrip/${name}`, output)
      await markUsed(recordOf(output))
      return { url: mediaUrl('filmstrip', name, identity), ...strip }
    },
    proxy: (source, work) => copyUrl('proxy', source, work),
    scrubCopy: async (source, work) => {
      const { facts } = source
      const seconds = facts.kind === 'video' ? (facts.durations.container ?? facts.duration) : null
      if (seconds === null || seconds > longestCopied) return null
      return await copyUrl('scrub', source, work)
    },
    waveform: async (source) => await (await waveforms.get({ ...source, track: 0 }, {})).made,
    scenes: async (source) => await (await scenes.get(source, {})).made,
    pathOf: (kind, id) => files.get(`${kind}/${id}`) ?? null,
    stop: () => {
      for (const kept of [strips, waveforms, scenes, proxies, scrubs]) kept.stop()
    },
  }
}

type Source = Omit<PictureSource, 'id'>

/**
 * Files that are made once for each content of a clip and kept in a folder: calls at the same time share the work, and
 * later calls read the file.
 */
const keptByContent = <T>(
  folder: string,
  suffix: string,
  work: {
    /** What an earlier call kept; null when there is nothing. */
    read: (output: string) => Promise<T | null>
    make: (source: Source, output: string, work: Work) => Promise<T>
  },
) => {
  const flights = createSingleFlight<T>()
  return {
    /** `made` rejects with the errors of `make`. */
    get: async (source: Source, caller: Work) => {
      const identity = nameForTrack(await fileIdentity(source.file), source.track)
      const output = path.join(folder, identity + suffix)
      const make = async (shared: Work) =>
        (await work.read(output)) ?? (await work.make(source, output, shared))
      const made = flights.run(output, caller, make).then(async (value) => {
        await markUsed(output)
        return value
      })
      return { identity, output, made }
    },
    stop: flights.stop,
  }
}

/** A clip's name or id, made different for each track. */
const nameForTrack = (name: string, track: number): string =>
  track === 0 ? name : `${name}.track${track}`

const recordOf = (output: string): string => output.replace(/\.jpg$/, '.json')

const readStrip = async (output: string): Promise<StripRecord | null> => {
  const record = await readJson(recordOf(output), stripRecord)
  return existsSync(output) ? record : null
}
