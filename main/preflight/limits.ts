/**
 * What the Wan 2.7 video-edit model takes, the same for every provider unless its row says otherwise (RULES.md).
 * Seconds, pixels, bytes; every bound is inclusive.
 */
export const clipLimits = {
  duration: { min: 2, max: 10 },
  /** The container may be a little longer: encoders leave an audio tail. */
  containerDuration: { min: 2, max: 10.1 },
  side: { min: 240, max: 4096 },
  aspect: { min: 1 / 8, max: 8 },
  bytes: { warn: 100_000_000, fail: 104_857_600 },
  containers: ['mp4', 'mov'],
  codecs: ['h264', 'hevc'],
  frameRate: { max: 60 },
} as const

export const imageLimits = {
  side: { min: 240, max: 8000 },
  aspect: { min: 1 / 8, max: 8 },
  bytes: { warn: 20_000_000, fail: 20_971_520 },
  formats: ['jpeg', 'png', 'bmp', 'webp'],
  /** Colour spaces that every program shows alike. */
  colourSpaces: ['srgb', 'b-w', 'rgb16', 'grey16', 'rgb'],
} as const

/** Both ends belong to the range. */
export interface Range {
  min: number
  max: number
}

export const within = (value: number, range: Range): boolean =>
  value >= range.min && value <= range.max
