import type { ClipFacts, Finding, ImageFacts, Level, Report, RuleId } from '../../preload/contract'

/** A clip that passes every rule, with what a test wants changed. */
export const clip = (changes: Partial<ClipFacts> = {}): ClipFacts => ({
  kind: 'video',
  container: 'mp4',
  brand: 'isom',
  duration: 5,
  durations: { container: 5, video: 5, ignoringEdits: 5 },
  width: 1280,
  height: 720,
  codedWidth: 1280,
  codedHeight: 720,
  rotation: 0,
  sar: '1:1',
  codec: 'h264',
  frameRate: 30,
  variableFrameRate: false,
  hdr: false,
  audio: [{ codec: 'aac', channels: 2, sampleRate: 48_000 }],
  bytes: 5_000_000,
  videoTracks: 1,
  encrypted: false,
  complete: true,
  ...changes,
})

/** A clip that lasts so many seconds by every reading. */
export const lasting = (video: number, container = video, ignoringEdits = video): ClipFacts =>
  clip({ duration: video, durations: { container, video, ignoringEdits } })

/** An image that passes every rule, with what a test wants changed. */
export const image = (changes: Partial<ImageFacts> = {}): ImageFacts => ({
  kind: 'image',
  format: 'jpeg',
  width: 1024,
  height: 768,
  orientation: 1,
  frames: 1,
  alpha: false,
  transparent: false,
  colourSpace: 'srgb',
  bytes: 400_000,
  decodes: true,
  ...changes,
})

export const findingOf = (report: Report, rule: RuleId): Finding => {
  const found = report.findings.find((finding) => finding.rule === rule)
  if (!found) throw new Error(`no finding for ${rule}`)
  return found
}

export const levelOf = (report: Report, rule: RuleId): Level => findingOf(report, rule).level
