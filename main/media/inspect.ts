import type { Facts, OtherFacts } from '../../preload/contract'
import { unlessAborted } from '../abort'
import { type Disk, type DiskTurn, diskTurns, realDisk } from '../files/disk'
import { codeOf, hasCode } from '../files/errno'
import { FileReader } from '../files/file-reader'
import type { ToolPaths } from '../tools/tool-paths'
import { toolIdentity, toolVersion } from '../tools/tool-version'
import { clipFacts, unopenedClip } from './clips/clip-facts'
import { isCutOff } from './clips/container-extent'
import { decodedFrames } from './clips/decoded-frames'
import { decoderCheck } from './clips/decoders'
import { packetSpan, packetTimes, withPackets } from './clips/frame-times'
import { readIsoFile } from './clips/iso/file'
import { type Probed, probe, videoCodecs, videoStreams } from './clips/probe'
import { createDecoder } from './images/image-decoder'
import { imageFacts } from './images/image-facts'
import type { Pictures } from './images/pictures'
import { type KnownFacts, nothingKnown } from './known-facts'
import type { InspectWork } from './media-tools'
import { type Sniffed, sniff } from './sniff'
import { measureLoudness, mostMeasured } from './sounds/loudness'
import { isSoundCutOff } from './sounds/sound-extent'
import { soundFacts } from './sounds/sound-facts'

/** Increase this when the facts of a file may change: every file is then inspected again. */
export const measuring = 7

/** Milliseconds that inspecting one file may take. */
export const inspectTimeout = 15_000

/** The fraction of the limit after which tools are stopped, so that they have ended when the answer is given. */
const toolShare = 0.95

/** Differs where the same file may have other facts. */
export const measuringStamp = (tools: ToolPaths): string =>
  [measuring, ...[tools.ffprobe(), tools.ffmpeg()].map(toolIdentity)].join(' ')

/** What files are inspected with. */
export type InspectTools = ToolPaths & { pictures: Pictures }

interface Inspection {
  path: string
  tools: InspectTools
  signal: AbortSignal
  /** Milliseconds. */
  limit: number
  disk: Disk
  turn: DiskTurn
  /** Whether to decode frames of a clip. */
  decode: boolean
  known: KnownFacts
}

const unreadable = (why: OtherFacts['unreadable'], bytes: number | null = null): OtherFacts => ({
  kind: 'other',
  format: null,
  bytes,
  unreadable: why,
})

/** Stands for bytes that are not UTF-8: Node gives and takes names as text only. */
const notUtf8 = '\ufffd'

const reasonFor = (error: unknown, path: string): OtherFacts['unreadable'] => {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return path.includes(notUtf8) ? 'name' : 'missing'
  return hasCode(error, 'EACCES', 'EPERM') ? 'denied' : 'damaged'
}

const inspectClip = async (
  found: Extract<Sniffed, { what: 'iso' | 'container' }>,
  reader: FileReader,
  { path, tools, signal, limit, decode }: Inspection,
): Promise<Facts> => {
  const extra = found.what === 'iso' ? [] : withPackets
  const timeout = limit * toolShare
  const probing = probe(tools.ffprobe(), path, { timeout, signal, extra })
  const reading = found.what === 'iso' ? readIsoFile(reader, signal) : Promise.resolve(null)
  const [probed, iso] = await Promise.all([probing, reading])
  const brand = found.what === 'iso' ? found.brand : null
  const { container } = found
  if (probed === 'timeout') return unreadable('timeout', reader.size)
  // A file may crash a sound ffprobe; one that never works says nothing about the file.
  if (probed === 'crashed') await toolVersion('ffprobe', tools.ffprobe())
  if (probed === 'unreadable' || probed === 'crashed')
    return unopenedClip({ container, brand, bytes: reader.size, iso })
  const cutOff = iso === null && (await isCutOff(container, reader))
  const decodes = await decoderCheck(tools.ffmpeg(), videoCodecs(probed), signal)
  const packets = iso === null ? timesOf(probed) : null
  const known = { container, brand, bytes: reader.size, iso, cutOff, packets, decodes }
  const facts = clipFacts(known, probed)
  return decode
    ? { ...facts, ...(await decodedFrames(tools.ffmpeg(), path, facts, signal)) }
    : facts
}

/**
 * Without an index, duration and frame rate are only estimates, and what a header says may be a lie. The packets of
 * short clips give exact values.
 */
const timesOf = (probed: Probed) => {
  const [video] = videoStreams(probed)
  const packets = probed.packets ?? []
  const all = packetSpan(packets)
  if (!video || all === null) return null
  const times = packetTimes(packets.filter(({ stream_index }) => stream_index === video.index))
  return times && { ...times, container: all.seconds, start: times.start - all.start }
}

const inspectSound = async (
  format: string,
  reader: FileReader,
  { path, tools, signal, limit }: Inspection,
): Promise<Facts> => {
  const none: OtherFacts = { kind: 'other', format: 'audio', bytes: reader.size, unreadable: null }
  const probed = await probe(tools.ffprobe(), path, { timeout: limit * toolShare, signal })
  if (probed === 'timeout') return unreadable('timeout', reader.size)
  if (probed === 'crashed') await toolVersion('ffprobe', tools.ffprobe())
  // The first bytes of a frame are two at most, which many files have by accident.
  if (probed === 'unreadable' || probed === 'crashed') return none
  const [cutOff, loudness] = await Promise.all([
    isSoundCutOff(format, reader),
    measureLoudness(tools.ffmpeg(), path, { start: 0, seconds: mostMeasured }, signal),
  ])
  // An ffmpeg that never works says nothing about the file.
  if (loudness?.seconds === 0) await toolVersion('ffmpeg', tools.ffmpeg())
  return soundFacts({ format, bytes: reader.size, cutOff, loudness }, probed) ?? none
}

const inspectOpen = async (reader: FileReader, inspection: Inspection): Promise<Facts> => {
  const found = sniff(Buffer.from(await reader.read(0, 4096)))
  if (found.what === 'other')
    return { kind: 'other', format: found.format, bytes: reader.size, unreadable: null }
  if (found.what === 'image') {
    const { path, tools, limit } = inspection
    const decoder = createDecoder(tools, limit * toolShare, inspection.signal)
    return imageFacts({ format: found.format, reader, path, decoder })
  }
  return found.what === 'sound'
    ? inspectSound(found.format, reader, inspection)
    : inspectClip(found, reader, inspection)
}

const inspectPath = async (inspection: Inspection): Promise<Facts> => {
  const { path, tools, disk, turn, signal, known } = inspection
  try {
    const about = await turn(() => disk.stat(path))
    if (!about.isFile()) return unreadable('not-a-file')
    if (about.size === 0) return unreadable('empty', 0)
    const measuredWith = measuringStamp(tools)
    const before = known.find(path, about, measuredWith)
    if (before) return before
    await using reader = await FileReader.open(path, about.size, inspection)
    const facts = await inspectOpen(reader, inspection)
    if (facts.kind !== 'other') known.keep(path, about, measuredWith, facts)
    return facts
  } catch (error) {
    if (codeOf(error) !== null && !signal.aborted) return unreadable(reasonFor(error, path))
    throw error
  }
}

interface InspectSettings {
  /** Milliseconds. */
  limit?: number
  disk?: Disk
  known?: KnownFacts
}

/**
 * The facts of a file, from its content. A bad file is a fact, not an error; so is one that takes longer than `limit`
 * (ms), even if the disk does not answer.
 *
 * Rejects with the signal's reason, and with MediaError if ffprobe or ffmpeg cannot be started or ffprobe always crashes.
 */
export const inspectFile = async (
  path: string,
  tools: InspectTools,
  { signal, decode = false, again = false }: InspectWork = {},
  { limit = inspectTimeout, disk = realDisk, known = nothingKnown }: InspectSettings = {},
): Promise<Facts> => {
  signal?.throwIfAborted()
  const late = AbortSignal.timeout(limit)
  const stop = signal ? AbortSignal.any([signal, late]) : late
  const inspection = {
    ...{ path, tools, signal: stop, limit, disk, turn: diskTurns(stop), decode },
    // Only a plain look is kept, so that its answer never depends on what was asked before.
    known: decode ? nothingKnown : again ? { ...known, find: () => null } : known,
  }
  try {
    return await unlessAborted(inspectPath(inspection), stop)
  } catch (error) {
    signal?.throwIfAborted()
    if (late.aborted) return unreadable('timeout')
    throw error
  }
}
