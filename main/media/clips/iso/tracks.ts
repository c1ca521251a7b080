import { type Box, boxAt, boxesIn } from './boxes'

/** So many samples in a row that each last this long, in the track's units. */
export interface TimeRun {
  count: number
  delta: number
}

/** What the index of an ISO file says of one track. */
export interface IsoTrack {
  id: number
  /** 'vide', 'soun', … */
  handler: string
  timescale: number
  /** In units of `timescale`; 0 when the samples are in fragments. */
  mediaDuration: number
  edits: { duration: number; mediaTime: number }[]
  times: TimeRun[]
  /** Where the last displayed sample ends, in units of `timescale`. */
  presentationEnd: number
  sampleCount: number
  /** Bytes: where the last byte of any promised sample lies. */
  dataEnd: number
  /** Bytes: where some of the chunks begin, the first and the last among them. */
  chunkStarts: number[]
  /** Four letters for how the samples are coded: 'avc1', 'hvc1', … */
  sampleEntry: string
  encrypted: boolean
  /** Whether the samples lie in this very file. */
  selfContained: boolean
}

/** Defaults for fragments, from the `trex` box. */
export interface FragmentDefaults {
  duration: number
  size: number
}

export interface IsoIndex {
  /** Length of the whole, which fragments may add to; 0 where it is not said. Units of `timescale`. */
  duration: number
  /** Units a second of edit durations. */
  timescale: number
  tracks: IsoTrack[]
  defaults: Map<number, FragmentDefaults>
  fragmented: boolean
  /** Length of all fragments in units of `timescale`, where the index says it. */
  fragmentsDuration: number | null
}

/** More rows than the tables of hours of film have. */
const mostEntries = 1_000_000

/** Calls back for each row of a table; stops where the box ends. */
const rows = (
  bytes: Buffer,
  box: Box | null,
  header: number,
  width: number,
  each: (at: number, row: number) => void,
) => {
  if (!box || box.from + header > box.to) return
  const count = Math.min(bytes.readUInt32BE(box.from + header - 4), mostEntries)
  for (let row = 0, at = box.from + header; row < count && at + width <= box.to; row++, at += width)
    each(at, row)
}

const versionAt = (bytes: Buffer, box: Box) => bytes.readUInt8(box.from)

const readClock = (bytes: Buffer, box: Box | null) => {
  if (!box || box.to - box.from < 20) return { timescale: 0, duration: 0 }
  const long = versionAt(bytes, box) === 1
  if (long && box.to - box.from < 32) return { timescale: 0, duration: 0 }
  const at = box.from + (long ? 20 : 12)
  const duration = long ? Number(bytes.readBigUInt64BE(at + 4)) : bytes.readUInt32BE(at + 4)
  const unknown = duration === 0xffffffff || duration > Number.MAX_SAFE_INTEGER
  return { timescale: bytes.readUInt32BE(at), duration: unknown ? 0 : duration }
}

const readEdits = (bytes: Buffer, box: Box | null): IsoTrack['edits'] => {
  const edits: IsoTrack['edits'] = []
  if (!box) return edits
  const long = versionAt(bytes, box) === 1
  rows(bytes, box, 8, long ? 20 : 12, (at) => {
    const duration = long ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at)
    const mediaTime = long ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4)
    edits.push({ duration, mediaTime })
  })
  return edits
}

const readTimes = (bytes: Buffer, box: Box | null): TimeRun[] => {
  const times: TimeRun[] = []
  rows(bytes, box, 8, 8, (at) => {
    times.push({ count: bytes.readUInt32BE(at), delta: bytes.readUInt32BE(at + 4) })
  })
  return times
}

/**
 * Decode times with the composition offsets added: the end of what is displayed last.
 *
 * Run by run: a header of some bytes can claim thousands of millions of samples.
 */
const displayedEnd = (bytes: Buffer, times: readonly TimeRun[], offsets: Box | null): number => {
  const total = times.reduce((sum, { count, delta }) => sum + count * delta, 0)
  if (!offsets) return total
  let end = 0
  let decodeTime = 0
  let run = 0
  let left = times[0]?.count ?? 0
  rows(bytes, offsets, 8, 8, (at) => {
    let wanted = bytes.readUInt32BE(at)
    const offset = bytes.readInt32BE(at + 4)
    while (wanted > 0 && run < times.length) {
      const used = Math.min(wanted, left)
      decodeTime += used * (times[run]?.delta ?? 0)
      if (used > 0) end = Math.max(end, decodeTime + offset)
      wanted -= used
      left -= used
      if (left > 0) break
      run += 1
      left = times[run]?.count ?? 0
    }
  })
  return end || total
}

const readSizes = (bytes: Buffer, table: Box) => {
  const stsz = boxAt(bytes, ['stsz'], table.from, table.to)
  if (stsz && stsz.to - stsz.from >= 12) {
    const fixed = bytes.readUInt32BE(stsz.from + 4)
    const count = bytes.readUInt32BE(stsz.from + 8)
    const at = stsz.from + 12
    const listed = Math.floor((stsz.to - at) / 4)
    return {
      count: fixed > 0 ? count : Math.min(count, listed),
      fixed,
      of: (sample: number) => fixed || (sample < listed ? bytes.readUInt32BE(at + sample * 4) : 0),
    }
  }
  const stz2 = boxAt(bytes, ['stz2'], table.from, table.to)
  if (!stz2 || stz2.to - stz2.from < 12) return { count: 0, fixed: 0, of: () => 0 }
  const bits = bytes.readUInt8(stz2.from + 7)
  const at = stz2.from + 12
  const sizeOf = (sample: number): number => {
    const place = at + Math.floor((sample * bits) / 8)
    if (place + (bits === 16 ? 2 : 1) > stz2.to) return 0
    if (bits === 16) return bytes.readUInt16BE(place)
    const byte = bytes.readUInt8(place)
    return bits === 8 ? byte : sample % 2 === 0 ? byte >> 4 : byte & 15
  }
  const listed = Math.floor(((stz2.to - at) * 8) / Math.max(1, bits))
  return { count: Math.min(bytes.readUInt32BE(stz2.from + 8), listed), fixed: 0, of: sizeOf }
}

const mostStarts = 8

/** A few of many, evenly, the first and the last among them. */
const spread = (values: readonly number[]): number[] => {
  const last = values.length - 1
  if (last < mostStarts) return [...values]
  return Array.from(
    { length: mostStarts },
    (_, at) => values[Math.round((at * last) / (mostStarts - 1))] ?? 0,
  )
}

/** Follows every chunk to its last byte. */
const readExtent = (
  bytes: Buffer,
  table: Box,
): Pick<IsoTrack, 'sampleCount' | 'dataEnd' | 'chunkStarts'> => {
  const sizes = readSizes(bytes, table)
  const perChunk: { first: number; samples: number }[] = []
  rows(bytes, boxAt(bytes, ['stsc'], table.from, table.to), 8, 12, (at) => {
    perChunk.push({ first: bytes.readUInt32BE(at), samples: bytes.readUInt32BE(at + 4) })
  })
  let sample = 0
  let dataEnd = 0
  let step = 0
  const starts: number[] = []
  const follow = (offset: number, row: number) => {
    while (step + 1 < perChunk.length && (perChunk[step + 1]?.first ?? 0) <= row + 1) step += 1
    const until = Math.min(sizes.count, sample + (perChunk[step]?.samples ?? 0))
    let length = sizes.fixed * (until - sample)
    if (sizes.fixed > 0) sample = until
    for (; sample < until; sample++) length += sizes.of(sample)
    if (length > 0) dataEnd = Math.max(dataEnd, offset + length)
    if (length > 0) starts.push(offset)
  }
  rows(bytes, boxAt(bytes, ['stco'], table.from, table.to), 8, 4, (at, row) =>
    follow(bytes.readUInt32BE(at), row),
  )
  rows(bytes, boxAt(bytes, ['co64'], table.from, table.to), 8, 8, (at, row) =>
    follow(Number(bytes.readBigUInt64BE(at)), row),
  )
  // Samples that no chunk holds are promised and nowhere.
  return {
    sampleCount: sizes.count,
    dataEnd: sample < sizes.count ? Number.POSITIVE_INFINITY : dataEnd,
    chunkStarts: spread(starts),
  }
}

const sampleEntryOf = (bytes: Buffer, table: Box): string => {
  const stsd = boxAt(bytes, ['stsd'], table.from, table.to)
  const [entry] = stsd ? boxesIn(bytes, stsd.from + 8, stsd.to) : []
  return entry?.type ?? ''
}

const sampleEntryHeader: Record<string, number> = { vide: 78, soun: 28 }

const isEncrypted = (bytes: Buffer, table: Box, handler: string): boolean => {
  const stsd = boxAt(bytes, ['stsd'], table.from, table.to)
  if (!stsd) return false
  return boxesIn(bytes, stsd.from + 8, stsd.to).some((entry) => {
    if (/^(encv|enca|encu|enct|drmi|drms|p608)$/.test(entry.type)) return true
    const inner = entry.from + (sampleEntryHeader[handler] ?? 8)
    return inner < entry.to && boxesIn(bytes, inner, entry.to).some((box) => box.type === 'sinf')
  })
}

const isSelfContained = (bytes: Buffer, media: Box): boolean => {
  const dref = boxAt(bytes, ['minf', 'dinf', 'dref'], media.from, media.to)
  if (!dref) return true
  const references = boxesIn(bytes, dref.from + 8, dref.to)
  return references.every(
    (box) => box.to - box.from >= 4 && (bytes.readUInt32BE(box.from) & 1) === 1,
  )
}

const readTrack = (bytes: Buffer, trak: Box): IsoTrack | null => {
  const tkhd = boxAt(bytes, ['tkhd'], trak.from, trak.to)
  const media = boxAt(bytes, ['mdia'], trak.from, trak.to)
  const table = media && boxAt(bytes, ['minf', 'stbl'], media.from, media.to)
  const hdlr = media && boxAt(bytes, ['hdlr'], media.from, media.to)
  if (!tkhd || !media || !table || !hdlr || tkhd.to - tkhd.from < 24) return null
  const clock = readClock(bytes, boxAt(bytes, ['mdhd'], media.from, media.to))
  const handler = bytes.toString('latin1', hdlr.from + 8, hdlr.from + 12)
  const times = readTimes(bytes, boxAt(bytes, ['stts'], table.from, table.to))
  const timed = times.reduce((sum, { count, delta }) => sum + count * delta, 0)
  return {
    id: bytes.readUInt32BE(tkhd.from + (versionAt(bytes, tkhd) === 1 ? 20 : 12)),
    handler,
    timescale: clock.timescale,
    mediaDuration: timed > 0 && clock.duration > 0 ? Math.min(timed, clock.duration) : timed,
    edits: readEdits(bytes, boxAt(bytes, ['edts', 'elst'], trak.from, trak.to)),
    times,
    presentationEnd: displayedEnd(bytes, times, boxAt(bytes, ['ctts'], table.from, table.to)),
    ...readExtent(bytes, table),
    sampleEntry: sampleEntryOf(bytes, table),
    encrypted: isEncrypted(bytes, table, handler),
    selfContained: isSelfContained(bytes, media),
  }
}

const readDefaults = (bytes: Buffer, mvex: Box): Map<number, FragmentDefaults> =>
  new Map(
    boxesIn(bytes, mvex.from, mvex.to)
      .filter((box) => box.type === 'trex' && box.to - box.from >= 24)
      .map((box) => [
        bytes.readUInt32BE(box.from + 4),
        { duration: bytes.readUInt32BE(box.from + 12), size: bytes.readUInt32BE(box.from + 16) },
      ]),
  )

/** Reads the content of a `moov` box. Pure: no file is touched. */
export const readIndex = (moov: Buffer): IsoIndex => {
  const mvex = boxAt(moov, ['mvex'])
  const mehd = mvex && boxAt(moov, ['mehd'], mvex.from, mvex.to)
  const { timescale, duration } = readClock(moov, boxAt(moov, ['mvhd']))
  return {
    timescale,
    duration,
    tracks: boxesIn(moov).flatMap((box) => {
      const track = box.type === 'trak' ? readTrack(moov, box) : null
      return track ? [track] : []
    }),
    defaults: mvex ? readDefaults(moov, mvex) : new Map(),
    fragmented: mvex !== null,
    fragmentsDuration:
      mehd && mehd.to - mehd.from >= 8
        ? versionAt(moov, mehd) === 1 && mehd.to - mehd.from >= 12
          ? Number(moov.readBigUInt64BE(mehd.from + 4))
          : moov.readUInt32BE(mehd.from + 4)
        : null,
  }
}
