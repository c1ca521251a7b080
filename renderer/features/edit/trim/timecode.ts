/** How many frames a timecode counts per second: 30 at 29.97. */
const countOf = (frameRate: number): number => Math.max(1, Math.round(frameRate))

/**
 * How many frame numbers are skipped per minute, so that timecodes at 29.97 and 59.94 match the clock (drop frame,
 * SMPTE ST 12-1). 0 at all other rates.
 */
const droppedAt = (frameRate: number): number => {
  const count = countOf(frameRate)
  const isNtsc = Math.abs(frameRate - (count * 1000) / 1001) < 0.002
  return isNtsc && count % 30 === 0 ? count / 15 : 0
}

/** The largest rounding error of a time, as a fraction of a frame. */
const roundingError = 0.02

/** The number of the frame shown at a time, from 0. */
export const frameAt = (seconds: number, frameRate: number): number =>
  Math.max(0, Math.floor(seconds * frameRate + roundingError))

const withDropped = (frame: number, frameRate: number): number => {
  const dropped = droppedAt(frameRate)
  if (dropped === 0) return frame
  const count = countOf(frameRate)
  const inMinute = count * 60 - dropped
  const inTen = count * 600 - dropped * 9
  const tens = Math.floor(frame / inTen)
  const rest = frame % inTen
  const minutes = rest > dropped ? Math.floor((rest - dropped) / inMinute) : 0
  return frame + dropped * (9 * tens + minutes)
}

/** "00:00:05:12"; "00:01:00;02" for drop-frame timecode. */
export const formatFrames = (seconds: number, frameRate: number): string => {
  const count = countOf(frameRate)
  const number = withDropped(frameAt(seconds, frameRate), frameRate)
  const whole = Math.floor(number / count)
  const pad = (value: number, digits = 2) => String(value).padStart(digits, '0')
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const frames = pad(number % count, count > 100 ? 3 : 2)
  return `${clock.map((part) => pad(part)).join(':')}${droppedAt(frameRate) > 0 ? ';' : ':'}${frames}`
}

const secondsPattern = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?|[.,]\d+)\s*(?:s|sec|秒)?$/i
const codePattern = /^(?:(?:(\d+):)?(\d+):)?(\d+)[;:](\d+)$/
const framesPattern = /^(\d+)\s*(?:f|fr|frames?|帧)$/i

/** "1.2", "1,2 s", "00:01.200", "1:02:03" */
const parseSeconds = (typed: string): number | null => {
  const match = secondsPattern.exec(typed)
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}

/** "00:00:05:12", "05;12" */
const parseCode = (typed: string, frameRate: number): number | null => {
  const match = codePattern.exec(typed)
  const parts = typed.split(/[:;]/).length
  // Two or three parts with only colons are minutes and seconds, not frames.
  if (!match || (parts < 4 && !typed.includes(';'))) return null
  const [hours, minutes, seconds, frames] = match.slice(1).map((part) => Number(part ?? 0))
  const count = countOf(frameRate)
  if (hours === undefined || minutes === undefined || seconds === undefined) return null
  if (frames === undefined || frames >= count) return null
  const wholeMinutes = hours * 60 + minutes
  const number = (wholeMinutes * 60 + seconds) * count + frames
  const dropped = droppedAt(frameRate) * (wholeMinutes - Math.floor(wholeMinutes / 10))
  return (number - dropped) / frameRate
}

const parseAbsolute = (typed: string, frameRate: number): number | null => {
  const frames = framesPattern.exec(typed)?.[1]
  if (frames !== undefined) return Number(frames) / frameRate
  return parseCode(typed, frameRate) ?? parseSeconds(typed)
}

const fullWidth: Record<string, string> = { '：': ':', '；': ';', '．': '.', '，': ',', '＋': '+' }

/**
 * Parses a typed time: timecode with frames ("00:00:05:12", "5;12"), clock time ("1:02:03", "00:01.200"), seconds
 * ("1.2", "7 s"), frames ("45f"), or an offset from `from` ("+10f", "-1.5"). Seconds; null for anything else.
 */
export const parseTimecode = (typed: string, frameRate: number, from: number): number | null => {
  const plain = typed.trim().replace(/[：；．，＋]/g, (sign) => fullWidth[sign] ?? sign)
  const sign = /^[+\-−]/.exec(plain)?.[0]
  if (sign === undefined) return parseAbsolute(plain, frameRate)
  const distance = parseAbsolute(plain.slice(1).trim(), frameRate)
  return distance === null ? null : from + (sign === '+' ? distance : -distance)
}
