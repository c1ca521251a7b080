import { type Box, boxAt, boxesIn } from './boxes'

/** A number of consecutive samples with the same duration, in the track's units. */
export interface TimeRun {
  count: number
  delta: number
}

/** No table of a film of several hours has more rows. */
const maxRows = 1_000_000

/** The offsets of the rows of a table, up to the end of the box. `width` is the length of a row. */
function* rows(bytes: Buffer, box: Box | null, width: number): Generator<number> {
  if (!box || box.from + 8 > box.to) return
  const count = Math.min(bytes.readUInt32BE(box.from + 4), maxRows)
  for (let row = 0, at = box.from + 8; row < count && at + width <= box.to; row++, at += width)
    yield at
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

const readEdits = (bytes: Buffer, box: Box | null) => {
  const long = box !== null && versionAt(bytes, box) === 1
  return Array.from(rows(bytes, box, long ? 20 : 12), (at) =>
    long
      ? {
          duration: Number(bytes.readBigUInt64BE(at)),
          mediaTime: Number(bytes.readBigInt64BE(at + 8)),
        }
      : { duration: bytes.readUInt32BE(at), mediaTime: bytes.readInt32BE(at + 4) },
  )
}

/** Duration of all samples, in the track's units. */
export const totalOf = (times: readonly TimeRun[]): number =>
  times.reduce((sum, { count, delta }) => sum + count * delta, 0)

const readTimes = (bytes: Buffer, box: Box | null): TimeRun[] =>
  Array.from(rows(bytes, box, 8), (at) => ({
    count: bytes.readUInt32BE(at),
    delta: bytes.readUInt32BE(at + 4),
  }))

/**
 * The end of the frame that is displayed last: decode times plus composition offsets.
 *
 * Works run by run, because a header of a few bytes can declare billions of samples.
 */
const displayedEnd = (bytes: Buffer, times: readonly TimeRun[], offsets: Box | null): number => {
  const total = totalOf(times)
  if (!offsets) return total
  let end = 0
  let decodeTime = 0
  let run = 0
  let left = times[0]?.count ?? 0
  for (const at of rows(bytes, offsets, 8)) {
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
  }
  return end || total
}

const readSizes = (bytes: Buffer, table: Box) => {
  const stsz = boxAt(bytes, ['stsz'], table)
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
  const stz2 = boxAt(bytes, ['stz2'], table)
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

const maxStarts = 8

/** Evenly spaced values, among them the first and the last. */
const spread = (values: readonly number[]): number[] => {
  const last = values.length - 1
  if (last < maxStarts) return [...values]
  return Array.from(
    { length: maxStarts },
    (_, at) => values[Math.round((at * last) / (maxStarts - 1))] ?? 0,
  )
}

/** Finds where the samples of all chunks end, and how many of the first ones lie within a file of `size` bytes. */
const readExtent = (bytes: Buffer, table: Box, size: number) => {
  const sizes = readSizes(bytes, table)
  const perChunk = Array.from(rows(bytes, boxAt(bytes, ['stsc'], table), 12), (at) => ({
    first: bytes.readUInt32BE(at),
    samples: bytes.readUInt32BE(at + 4),
  }))
  const short = Array.from(rows(bytes, boxAt(bytes, ['stco'], table), 4), (at) =>
    bytes.readUInt32BE(at),
  )
  const long = Array.from(rows(bytes, boxAt(bytes, ['co64'], table), 8), (at) =>
    Number(bytes.readBigUInt64BE(at)),
  )
  let sample = 0
  let dataEnd = 0
  let step = 0
  const starts: number[] = []
  let whole = 0
  for (const [row, offset] of [...short.entries(), ...long.entries()]) {
    while (step + 1 < perChunk.length && (perChunk[step + 1]?.first ?? 0) <= row + 1) step += 1
    const until = Math.min(sizes.count, sample + (perChunk[step]?.samples ?? 0))
    let length = sizes.fixed * (until - sample)
    if (sizes.fixed > 0) sample = until
    for (; sample < until; sample++) {
      length += sizes.of(sample)
      if (whole === sample && offset + length <= size) whole = sample + 1
    }
    if (length > 0) dataEnd = Math.max(dataEnd, offset + length)
    if (length > 0) starts.push(offset)
  }
  // Samples without a chunk are declared, but not in the file.
  return {
    sampleCount: sizes.count,
    /** How many samples at the beginning are in the file; 0 where all have the same size, as in sound. */
    wholeSamples: whole,
    /** Offset in bytes at which the last declared sample ends. */
    dataEnd: sample < sizes.count ? Number.POSITIVE_INFINITY : dataEnd,
    /** Offsets in bytes of some chunks, among them the first and the last. */
    chunkStarts: spread(starts),
  }
}

const sampleEntryOf = (bytes: Buffer, table: Box): string => {
  const stsd = boxAt(bytes, ['stsd'], table)
  const [entry] = stsd ? boxesIn(bytes, stsd.from + 8, stsd.to) : []
  return entry?.type ?? ''
}

const sampleEntryHeader: Record<string, number> = { vide: 78, soun: 28 }

const isEncrypted = (bytes: Buffer, table: Box, handler: string): boolean => {
  const stsd = boxAt(bytes, ['stsd'], table)
  if (!stsd) return false
  return boxesIn(bytes, stsd.from + 8, stsd.to).some((entry) => {
    if (/^(encv|enca|encu|enct|drmi|drms|p608)$/.test(entry.type)) return true
    const inner = entry.from + (sampleEntryHeader[handler] ?? 8)
    return inner < entry.to && boxesIn(bytes, inner, entry.to).some((box) => box.type === 'sinf')
  })
}

const isSelfContained = (bytes: Buffer, media: Box): boolean => {
  const dref = boxAt(bytes, ['minf', 'dinf', 'dref'], media)
  if (!dref) return true
  const references = boxesIn(bytes, dref.from + 8, dref.to)
  return references.every(
    (box) => box.to - box.from >= 4 && (bytes.readUInt32BE(box.from) & 1) === 1,
  )
}

/** What the index of an ISO file declares about one track; null if the track is incomplete. */
const readTrack = (bytes: Buffer, trak: Box, size: number) => {
  const tkhd = boxAt(bytes, ['tkhd'], trak)
  const media = boxAt(bytes, ['mdia'], trak)
  const table = boxAt(bytes, ['minf', 'stbl'], media)
  const hdlr = boxAt(bytes, ['hdlr'], media)
  if (!tkhd || !media || !table || !hdlr || tkhd.to - tkhd.from < 24) return null
  const clock = readClock(bytes, boxAt(bytes, ['mdhd'], media))
  const handler = bytes.toString('latin1', hdlr.from + 8, hdlr.from + 12)
  const times = readTimes(bytes, boxAt(bytes, ['stts'], table))
  const timed = totalOf(times)
  return {
    id: bytes.readUInt32BE(tkhd.from + (versionAt(bytes, tkhd) === 1 ? 20 : 12)),
    /** 'vide', 'soun', … */
    handler,
    timescale: clock.timescale,
    /** In units of `timescale`; 0 if all samples are in fragments. */
    mediaDuration: timed > 0 && clock.duration > 0 ? Math.min(timed, clock.duration) : timed,
    edits: readEdits(bytes, boxAt(bytes, ['edts', 'elst'], trak)),
    times,
    /** Where the last displayed sample ends, in units of `timescale`. */
    presentationEnd: displayedEnd(bytes, times, boxAt(bytes, ['ctts'], table)),
    ...readExtent(bytes, table, size),
    /** How the samples are coded: 'avc1', 'hvc1', … */
    sampleEntry: sampleEntryOf(bytes, table),
    encrypted: isEncrypted(bytes, table, handler),
    /** Whether the samples are in this file. */
    selfContained: isSelfContained(bytes, media),
  }
}
export type IsoTrack = NonNullable<ReturnType<typeof readTrack>>

/** Defaults for the fragments of a track, by its id: from the `trex` box. */
const readDefaults = (bytes: Buffer, mvex: Box | null) =>
  new Map(
    (mvex ? boxesIn(bytes, mvex.from, mvex.to) : [])
      .filter((box) => box.type === 'trex' && box.to - box.from >= 24)
      .map((box) => [
        bytes.readUInt32BE(box.from + 4),
        { duration: bytes.readUInt32BE(box.from + 12), size: bytes.readUInt32BE(box.from + 16) },
      ]),
  )

const readFragmentsDuration = (bytes: Buffer, mehd: Box): number | null => {
  const length = mehd.to - mehd.from
  if (length < 8) return null
  const long = versionAt(bytes, mehd) === 1 && length >= 12
  return long ? Number(bytes.readBigUInt64BE(mehd.from + 4)) : bytes.readUInt32BE(mehd.from + 4)
}

/** Reads the content of the `moov` box of a file of `size` bytes. */
export const readIndex = (moov: Buffer, size: number) => {
  const mvex = boxAt(moov, ['mvex'])
  const mehd = boxAt(moov, ['mehd'], mvex)
  const { timescale, duration } = readClock(moov, boxAt(moov, ['mvhd']))
  return {
    /** Units per second, also of edit durations. */
    timescale,
    /** Duration without fragments, in units of `timescale`; 0 if unknown. */
    duration,
    tracks: boxesIn(moov).flatMap((box) => {
      const track = box.type === 'trak' ? readTrack(moov, box, size) : null
      return track ? [track] : []
    }),
    defaults: readDefaults(moov, mvex),
    fragmented: mvex !== null,
    /** Duration of all fragments in units of `timescale`; null if unknown. */
    fragmentsDuration: mehd && readFragmentsDuration(moov, mehd),
  }
}

export type IsoIndex = ReturnType<typeof readIndex>

/** What one movie fragment declares about one track. */
export interface FragmentRun {
  trackId: number
  times: TimeRun[]
  samples: number
  /** Offset in the file at which the last declared sample ends. */
  dataEnd: number
}

const has = (flags: number, flag: number) => (flags & flag) !== 0

const readHeader = (bytes: Buffer, tfhd: Box, defaults: IsoIndex['defaults']) => {
  const flags = bytes.readUInt32BE(tfhd.from) & 0xffffff
  const trackId = bytes.readUInt32BE(tfhd.from + 4)
  const known = defaults.get(trackId)
  let at = tfhd.from + 8
  const next = (flag: number, width: 4 | 8): number | null => {
    if (!has(flags, flag) || at + width > tfhd.to) return null
    const value = width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at)
    at += width
    return value
  }
  const base = next(0x1, 8)
  next(0x2, 4)
  const duration = next(0x8, 4) ?? known?.duration ?? 0
  const size = next(0x10, 4) ?? known?.size ?? 0
  return { trackId, base, duration, size }
}

const readRun = (bytes: Buffer, trun: Box, header: ReturnType<typeof readHeader>) => {
  const flags = bytes.readUInt32BE(trun.from) & 0xffffff
  const count = bytes.readUInt32BE(trun.from + 4)
  let at = trun.from + 8
  const offset = has(flags, 0x1) && at + 4 <= trun.to ? bytes.readInt32BE(at) : null
  at += (has(flags, 0x1) ? 4 : 0) + (has(flags, 0x4) ? 4 : 0)
  const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => has(flags, flag)).length
  const listed = width === 0 ? count : Math.min(count, Math.floor((trun.to - at) / width))
  const times: TimeRun[] = []
  let length = width === 0 || !has(flags, 0x200) ? header.size * count : 0
  if (!has(flags, 0x100)) times.push({ count, delta: header.duration })
  for (let row = 0; width > 0 && row < listed; row++, at += width) {
    if (has(flags, 0x100)) times.push({ count: 1, delta: bytes.readUInt32BE(at) })
    if (has(flags, 0x200)) length += bytes.readUInt32BE(at + (has(flags, 0x100) ? 4 : 0))
  }
  return { offset, count, length, times }
}

/** Reads the content of a `moof` box that begins at `start` in its file. */
export const readFragment = (
  moof: Buffer,
  start: number,
  defaults: IsoIndex['defaults'],
): FragmentRun[] => {
  const runs: FragmentRun[] = []
  let next = start
  for (const traf of boxesIn(moof).filter((box) => box.type === 'traf')) {
    const tfhd = boxAt(moof, ['tfhd'], traf)
    if (!tfhd || tfhd.to - tfhd.from < 8) continue
    const header = readHeader(moof, tfhd, defaults)
    const base = header.base ?? start
    const run: FragmentRun = { trackId: header.trackId, times: [], samples: 0, dataEnd: 0 }
    for (const trun of boxesIn(moof, traf.from, traf.to)) {
      if (trun.type !== 'trun' || trun.to - trun.from < 8) continue
      const { offset, count, length, times } = readRun(moof, trun, header)
      next = (offset === null ? next : base + offset) + length
      run.times.push(...times)
      run.samples += count
      run.dataEnd = Math.max(run.dataEnd, next)
    }
    runs.push(run)
  }
  return runs
}
