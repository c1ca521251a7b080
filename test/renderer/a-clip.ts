import type { Finding, MediaItem, Report } from '../../preload/contract'

export const aFinding = (part: Partial<Finding>): Finding => ({
  rule: 'duration',
  level: 'pass',
  measured: 6,
  limit: 10,
  message: '',
  text: { key: 'finding', values: {} },
  ...part,
})

export const aReport = (...findings: Partial<Finding>[]): Report => {
  const levels = findings.map(({ level }) => level)
  const verdict = levels.includes('fail') ? 'fail' : levels.includes('warn') ? 'warn' : 'pass'
  return { verdict, findings: findings.map(aFinding) }
}

/** A checked clip; `seconds` is its duration. */
export const aClip = (id: string, seconds = 6, part: Partial<MediaItem> = {}): MediaItem => ({
  id,
  name: `${id}.mp4`,
  folder: '~',
  bytes: 1000,
  addedAt: 0,
  state: 'checked',
  report: aReport({}),
  facts: {
    kind: 'video',
    container: 'mp4',
    brand: 'isom',
    duration: seconds,
    durations: { container: seconds, video: seconds, ignoringEdits: seconds },
    width: 1280,
    height: 720,
    codedWidth: 1280,
    codedHeight: 720,
    rotation: 0,
    sar: '1:1',
    codec: 'h264',
    frameRate: 25,
    variableFrameRate: false,
    hdr: false,
    audio: [],
    bytes: 1000,
    videoTracks: 1,
    encrypted: false,
    complete: true,
  },
  posterUrl: null,
  playable: true,
  ...part,
})
