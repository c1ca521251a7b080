import { type Box, boxAt, boxesIn } from './boxes'
import type { FragmentDefaults, TimeRun } from './tracks'

/** What one movie fragment promises of one track. */
export interface FragmentRun {
  trackId: number
  times: TimeRun[]
  samples: number
  /** Bytes from the start of the file: where the last promised byte lies. */
  dataEnd: number
}

const has = (flags: number, flag: number) => (flags & flag) !== 0

interface Header {
  trackId: number
  base: number | null
  duration: number
  size: number
}

const readHeader = (bytes: Buffer, tfhd: Box, defaults: Map<number, FragmentDefaults>): Header => {
  const flags = bytes.readUInt32BE(tfhd.from) & 0xffffff
  const trackId = bytes.readUInt32BE(tfhd.from + 4)
  const known = defaults.get(trackId)
  let at = tfhd.from + 8
  const take = (flag: number, width: 4 | 8): number | null => {
    if (!has(flags, flag) || at + width > tfhd.to) return null
    const value = width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at)
    at += width
    return value
  }
  const base = take(0x1, 8)
  take(0x2, 4)
  const duration = take(0x8, 4) ?? known?.duration ?? 0
  const size = take(0x10, 4) ?? known?.size ?? 0
  return { trackId, base, duration, size }
}

const readRun = (bytes: Buffer, trun: Box, header: Header) => {
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

/** Reads the content of a `moof` box that begins at `start` in its file. Pure: no file is touched. */
export const readFragment = (
  moof: Buffer,
  start: number,
  defaults: Map<number, FragmentDefaults>,
): FragmentRun[] => {
  const runs: FragmentRun[] = []
  let next = start
  for (const traf of boxesIn(moof).filter((box) => box.type === 'traf')) {
    const tfhd = boxAt(moof, ['tfhd'], traf.from, traf.to)
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
