import type { FileReader } from '../../../files/file-reader'
import { type Box, topBoxes } from './boxes'
import {
  type FragmentRun,
  type IsoIndex,
  type IsoTrack,
  readFragment,
  readIndex,
  totalOf,
} from './tracks'

/** What the boxes of a file declare. */
export interface IsoFile {
  /** Null if there is none, or it is too large for a clip. */
  index: IsoIndex | null
  /** The runs of each `moof` box. */
  fragments: FragmentRun[][]
  /** Whether a declared box or sample is beyond the end of the file, or was never written. */
  cutOff: boolean
  /** Bytes of the file; null where it has holes, so that nobody knows which part is whole. */
  filledTo: number | null
}

/** The index of a clip of some seconds has a few kB, that of a film of several hours a few MB. */
const largestIndex = 64 * 1024 * 1024
const largestFragment = 8 * 1024 * 1024

const contentOf = async (reader: FileReader, box: Box, largest: number): Promise<Buffer | null> => {
  const length = Math.min(box.to, reader.size) - box.from
  return length > largest ? null : reader.read(box.from, length)
}

/** Offset at which the segments end that a segment index lists; 0 if it is invalid. */
const segmentsEnd = (sidx: Buffer, end: number): number => {
  if (sidx.length < 24) return 0
  const long = sidx.readUInt8(0) === 1
  const first = long ? Number(sidx.readBigUInt64BE(20)) : sidx.readUInt32BE(16)
  let at = long ? 32 : 24
  if (sidx.length < at) return 0
  const count = sidx.readUInt16BE(at - 2)
  let total = end + first
  for (let row = 0; row < count && at + 12 <= sidx.length; row++, at += 12)
    total += sidx.readUInt32BE(at) & 0x7fffffff
  return total
}

/** Reads the top-level boxes of a file that declare something. Rejects with the signal's reason. */
export const readIsoFile = async (reader: FileReader, signal: AbortSignal): Promise<IsoFile> => {
  const file: IsoFile = { index: null, fragments: [], cutOff: false, filledTo: reader.size }
  for await (const box of topBoxes(reader)) {
    signal.throwIfAborted()
    const beyond = box.to > reader.size
    if (box.type === 'moov') {
      const moov = await contentOf(reader, box, largestIndex)
      if (moov) file.index = readIndex(moov, reader.size)
      file.cutOff ||= beyond
    }
    if (box.type === 'moof') {
      const moof = await contentOf(reader, box, largestFragment)
      if (moof)
        file.fragments.push(readFragment(moof, box.start, file.index?.defaults ?? new Map()))
      file.cutOff ||= beyond
    }
    if (box.type === 'sidx') {
      const sidx = await contentOf(reader, box, largestFragment)
      file.cutOff ||= sidx !== null && segmentsEnd(sidx, box.to) > reader.size
    }
  }
  const tracks = (file.index?.tracks ?? []).filter(holdsMedia)
  file.cutOff ||= tracks.some((track) => track.dataEnd > reader.size)
  file.cutOff ||= file.fragments.some((runs) => runs.some((run) => run.dataEnd > reader.size))
  file.cutOff ||= fragmentsAreMissing(file)
  if (await hasHoles(reader, file)) return { ...file, cutOff: true, filledTo: null }
  return file
}

const runsOf = (fragments: readonly FragmentRun[][], track: IsoTrack): FragmentRun[] =>
  fragments.flatMap((runs) => runs.filter((run) => run.trackId === track.id))

/** Fraction of the declared duration that must be in the file: encoders round. */
const enough = 0.97

/** Whether the file was cut off between two fragments, which only their total duration shows. */
const fragmentsAreMissing = ({ index, fragments }: IsoFile): boolean => {
  const declared = index?.fragmentsDuration ?? 0
  if (!index || declared <= 0 || index.timescale <= 0) return false
  const lengths = index.tracks.filter(holdsMedia).map((track) => {
    const times = runsOf(fragments, track).flatMap((run) => run.times)
    return track.timescale > 0 ? (track.mediaDuration + totalOf(times)) / track.timescale : 0
  })
  return lengths.every((length) => length < (declared / index.timescale) * enough)
}

/** Codecs whose samples never begin with zeros. */
const neverZero =
  /^(avc[1-4]|hvc1|hev1|dvh1|dvhe|av01|vp09|mp4v|jpeg|mjp[ab]|ap(co|cs|cn|ch|4h|4x)|AVdn)$/
const examined = 32

/** Whether samples are still zeros: some downloads reserve the space of the file first. */
const hasHoles = async (reader: FileReader, { index }: IsoFile): Promise<boolean> => {
  const zeros = Buffer.alloc(examined)
  for (const track of index?.tracks ?? []) {
    if (!neverZero.test(track.sampleEntry) || track.encrypted) continue
    for (const start of track.chunkStarts) {
      const bytes = await reader.peek(start, examined)
      if (bytes.length > 0 && bytes.equals(zeros.subarray(0, bytes.length))) return true
    }
  }
  return false
}

const holdsMedia = (track: IsoTrack) => track.handler === 'vide' || track.handler === 'soun'

/** Duration as displayed, in the track's units: the parts of the track that its edits show. */
const editedLength = (track: IsoTrack, movieTimescale: number, end: number): number => {
  const shown = track.edits.filter((edit) => edit.mediaTime >= 0)
  if (shown.length === 0 || movieTimescale === 0) return end
  return shown.reduce((sum, edit) => {
    const wanted =
      edit.duration === 0
        ? Number.POSITIVE_INFINITY
        : (edit.duration * track.timescale) / movieTimescale
    return sum + Math.max(0, Math.min(wanted, end - edit.mediaTime))
  }, 0)
}

/** How long nothing is shown before the track begins, in the units of the index. */
const emptyUnits = ({ edits }: IsoTrack): number => {
  const first = edits.findIndex(({ mediaTime }) => mediaTime >= 0)
  return first <= 0 ? 0 : edits.slice(0, first).reduce((sum, { duration }) => sum + duration, 0)
}

/** How much of a track is in the file, from its beginning, in the track's units. */
const wholeUnits = ({ fragments, filledTo }: IsoFile, track: IsoTrack): number => {
  if (filledTo === null) return 0
  const hidden = track.edits.find(({ mediaTime }) => mediaTime >= 0)?.mediaTime ?? 0
  let left = track.wholeSamples
  let units = -hidden
  for (const { count, delta } of track.times) {
    units += Math.min(count, left) * delta
    left -= Math.min(count, left)
  }
  if (track.wholeSamples < track.sampleCount) return units
  const runs = runsOf(fragments, track)
  const cut = runs.findIndex(({ dataEnd }) => dataEnd > filledTo)
  return units + totalOf((cut < 0 ? runs : runs.slice(0, cut)).flatMap(({ times }) => times))
}

/** What the index and all fragments declare about one track. Seconds. */
export const summarizeTrack = (file: IsoFile, track: IsoTrack) => {
  const runs = runsOf(file.fragments, track)
  const inFragments = runs.flatMap((run) => run.times)
  const media = track.mediaDuration + totalOf(inFragments)
  const known = track.timescale > 0 && media > 0
  const edited =
    runs.length > 0 ? media : editedLength(track, file.index?.timescale ?? 0, track.presentationEnd)
  return {
    /** When the track begins, on the clock of the file. */
    start: emptyUnits(track) / (file.index?.timescale || 1),
    samples: track.sampleCount + runs.reduce((sum, run) => sum + run.samples, 0),
    duration: known ? edited / track.timescale : null,
    ignoringEdits: known ? media / track.timescale : null,
    /** How much of it is in the file, from its beginning. */
    whole: track.timescale > 0 ? wholeUnits(file, track) / track.timescale : 0,
    times: [...track.times, ...inFragments],
    encrypted: track.encrypted,
    selfContained: track.selfContained,
  }
}

export type TrackSummary = ReturnType<typeof summarizeTrack>
