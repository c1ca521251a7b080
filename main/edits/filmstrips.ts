import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Facts, Filmstrip } from '../../preload/contract'
import { writeJson } from '../files/atomic'
import { markUsed } from '../files/forget-old'
import { readJson } from '../files/read'
import type { MediaTools } from '../media/media-tools'
import { filmstripShape, removeTiles } from '../media/previews/filmstrip'
import type { Work } from '../tools/run-tool'
import { fileIdentity } from './file-identity'
import { mediaUrl } from './media-url'
import { nameForTrack, type PictureSource } from './picture-source'

/** Strips of clips, each made once and kept by content. */
export interface Filmstrips {
  /** Without `wait` it answers with the tiles so far as soon as there is one. */
  get: (source: PictureSource, wait: boolean) => Promise<Filmstrip>
  /** File behind an address handed out since the start; null when none was. */
  pathOf: (id: string) => string | null
  stop: () => void
}

/** Beside each strip: how it is divided. Pixels, seconds. */
const stripRecord = z.object({
  count: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  duration: z.number(),
})
type StripRecord = z.infer<typeof stripRecord>

/** Milliseconds that single tiles stay after the strip is there: until every window shows the strip. */
const tilesKept = 30_000

interface Making {
  tiles: string[]
  /** Settles with the first tile, or with the strip or its failure. */
  begun: Promise<void>
  whole: Promise<StripRecord>
}

export const createFilmstrips = (
  media: Pick<MediaTools, 'filmstrip'>,
  folder: string,
): Filmstrips => {
  const stop = new AbortController()
  const files = new Map<string, string>()
  const under = new Map<string, Making>()

  const make = async (
    { file, facts, track }: PictureSource,
    output: string,
    work: Work,
    onTiles: (tiles: string[]) => void,
  ): Promise<StripRecord> => {
    const prefix = `${output.replace(/\.jpg$/, '')}.tile-`
    const made = await media.filmstrip(file, facts, output, {
      ...work,
      track,
      tiles: { prefix, onTiles },
    })
    const record = stripRecord.parse(made)
    await writeJson(recordOf(output), record)
    // What cannot be removed is removed with other files that nobody uses.
    setTimeout(() => void removeTiles(prefix, record.count).catch(() => {}), tilesKept).unref()
    return record
  }

  const start = (identity: string, source: PictureSource, output: string): Making => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const onTiles = (tiles: string[]) => {
      making.tiles = tiles
      begin()
    }
    const whole = readStrip(output)
      .then((strip) => strip ?? make(source, output, { signal: stop.signal }, onTiles))
      .finally(() => {
        under.delete(identity)
        begin()
      })
    whole.catch(() => {}) // whoever asks again gets the rejection
    const making: Making = { tiles: [], begun, whole }
    under.set(identity, making)
    return making
  }

  const partial = (name: string, identity: string, facts: Facts, tiles: readonly string[]) => {
    const shape = filmstripShape(facts)
    if (!shape) return null
    const urls = tiles.map((tile, at) => {
      files.set(`${name}.${at}`, tile)
      return mediaUrl('filmstrip', `${name}.${at}`, `${identity}${path.basename(tile)}`)
    })
    return { url: mediaUrl('filmstrip', name, identity), ...shape, tiles: urls }
  }

  return {
    get: async (source, wait) => {
      const { track, facts } = source
      const name = nameForTrack(source.id, track)
      const identity = nameForTrack(await fileIdentity(source.file), track)
      const output = path.join(folder, `${identity}.jpg`)
      const making = under.get(identity) ?? start(identity, source, output)
      if (!wait) {
        await making.begun
        const early = under.has(identity) ? partial(name, identity, facts, making.tiles) : null
        if (early) return early
      }
      const strip = await making.whole
      files.set(name, output)
      await markUsed(output, recordOf(output))
      return { url: mediaUrl('filmstrip', name, identity), ...strip }
    },
    pathOf: (id) => files.get(id) ?? null,
    stop: () => stop.abort(),
  }
}

const recordOf = (output: string): string => output.replace(/\.jpg$/, '.json')

const readStrip = async (output: string): Promise<StripRecord | null> => {
  const record = await readJson(recordOf(output), stripRecord)
  return existsSync(output) ? record : null
}
