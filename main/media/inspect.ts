import { z } from 'zod'
import type { Facts, OtherFacts } from '../../preload/contract'
import { type Disk, realDisk } from '../files/disk'
import { type DiskTurn, diskTurns } from '../files/disk-turns'
import { FileReader } from '../files/file-reader'
import { clipFacts, unopenedClip } from './clips/clip-facts'
import { isCutOff } from './clips/container-extent'
import { decoderCheck } from './clips/decoders'
import { readIsoFile } from './clips/iso/file'
import { longestRead, packetTimes, withPackets } from './clips/packet-times'
import { type Probed, probe, videoCodecs, videoStreams } from './clips/probe'
import { createDecoder } from './images/image-decoder'
import { imageFacts } from './images/image-facts'
import type { ToolPaths, Work } from './media-tools'
import { type Sniffed, sniff } from './sniff'

/** Raised when the facts of a file may come out differently: what was measured before is measured again. */
export const measuring = 5

/** Milliseconds that looking at one file may take. */
export const inspectTimeout = 15_000

/** The part of it after which tools are stopped, so that they are gone when the answer is given. */
const toolShare = 0.95

interface Bounds {
  signal: AbortSignal
  /** Milliseconds. */
  limit: number
  disk: Disk
  turn: DiskTurn
}

const unreadable = (why: OtherFacts['unreadable'], bytes: number | null = null): OtherFacts => ({
  kind: 'other',
  format: null,
  bytes,
  unreadable: why,
})

const systemError = z.object({ code: z.string() })

const reasonFor = (error: unknown): OtherFacts['unreadable'] => {
  const code = systemError.safeParse(error).data?.code
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'damaged'
}

const inspectClip = async (
  found: Extract<Sniffed, { what: 'iso' | 'container' }>,
  reader: FileReader,
  path: string,
  tools: ToolPaths,
  { signal, limit }: Bounds,
): Promise<Facts> => {
  const extra = found.what === 'iso' ? [] : withPackets
  const timeout = limit * toolShare
  const probing = probe(tools.ffprobe(), path, { timeout, signal, extra })
  const reading = found.what === 'iso' ? readIsoFile(reader, signal) : Promise.resolve(null)
  const [probed, iso] = await Promise.all([probing, reading])
  const brand = found.what === 'iso' ? found.brand : null
  const { container } = found
  if (probed === 'timeout') return unreadable('timeout', reader.size)
  if (probed === 'unreadable') return unopenedClip({ container, brand, bytes: reader.size, iso })
  const cutOff = iso === null && (await isCutOff(container, reader))
  const decodes = await decoderCheck(tools.ffmpeg(), videoCodecs(probed), signal)
  const packets = iso === null ? timesOf(probed) : null
  return clipFacts({ container, brand, bytes: reader.size, iso, cutOff, packets, decodes }, probed)
}

/** Containers without an index say of lengths and rates only what was guessed: short clips are read through. */
const timesOf = (probed: Probed) => {
  const [video] = videoStreams(probed)
  const seconds = probed.format?.duration ?? null
  if (!video || seconds === null || seconds > longestRead) return null
  const packets = probed.packets ?? []
  return packetTimes(packets.filter(({ stream_index }) => stream_index === video.index))
}

const inspectOpen = async (
  reader: FileReader,
  path: string,
  tools: ToolPaths,
  bounds: Bounds,
): Promise<Facts> => {
  const found = sniff(Buffer.from(await reader.read(0, 4096)))
  if (found.what === 'other')
    return { kind: 'other', format: found.format, bytes: reader.size, unreadable: null }
  if (found.what === 'image') {
    return imageFacts(
      found.format,
      reader,
      path,
      createDecoder(
        tools.ffmpeg,
        Math.max(1, Math.floor((bounds.limit * toolShare) / 1000)),
        bounds,
      ),
    )
  }
  return inspectClip(found, reader, path, tools, bounds)
}

const inspectPath = async (path: string, tools: ToolPaths, bounds: Bounds): Promise<Facts> => {
  try {
    const about = await bounds.turn(() => bounds.disk.stat(path))
    if (!about.isFile()) return unreadable('not-a-file')
    if (about.size === 0) return unreadable('empty', 0)
    await using reader = await FileReader.open(path, about.size, bounds)
    return await inspectOpen(reader, path, tools, bounds)
  } catch (error) {
    if (systemError.safeParse(error).success && !bounds.signal.aborted)
      return unreadable(reasonFor(error))
    throw error
  }
}

/**
 * What a file is, by its content. A bad file is a fact, not an error; so is one that takes longer than `limit` ms,
 * even where the disk itself does not answer.
 *
 * Rejects with AbortError, or with MediaError where ffprobe itself cannot be started.
 */
export const inspectFile = async (
  path: string,
  tools: ToolPaths,
  { signal }: Work = {},
  { limit = inspectTimeout, disk = realDisk }: { limit?: number; disk?: Disk } = {},
): Promise<Facts> => {
  signal?.throwIfAborted()
  const stop = new AbortController()
  const { promise: stopped, reject, resolve } = Promise.withResolvers<Facts>()
  const onAbort = () => {
    reject(signal?.reason)
    stop.abort(signal?.reason)
  }
  const timer = setTimeout(() => {
    resolve(unreadable('timeout'))
    stop.abort()
  }, limit)
  signal?.addEventListener('abort', onAbort, { once: true })
  const turn = diskTurns(stop.signal)
  const looking = inspectPath(path, tools, { signal: stop.signal, limit, disk, turn })
  // When it is too late nobody listens any more.
  looking.catch(() => {})
  try {
    return await Promise.race([looking, stopped])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
