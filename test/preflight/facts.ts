import { expect } from 'vitest'
import type {
  ClipFacts,
  ClipTrack,
  Finding,
  ImageFacts,
  Level,
  Report,
  RuleId,
} from '../../preload/contract'
import { clipFactsWith, imageFactsWith } from '../support/facts'

/** A clip that passes every rule, with what a test wants changed. */
export const clip = (changes: Partial<ClipFacts> = {}): ClipFacts => ({
  ...clipFactsWith({ duration: 5, bytes: 5_000_000 }),
  ...changes,
})

/** A clip that lasts so many seconds by every reading. */
export const lasting = (video: number, container = video, ignoringEdits = video): ClipFacts =>
  clip({ duration: video, durations: { container, video, ignoringEdits } })

/** A video track of a clip, shorter than five seconds. */
export const aTrack: ClipTrack = {
  codec: 'h264',
  video: 4,
  ignoringEdits: 4,
  width: 640,
  height: 360,
  codedWidth: 640,
  codedHeight: 360,
  rotation: 0,
  sar: '1:1',
  frameRate: 25,
  variableFrameRate: false,
  hdr: false,
}

/** An image that passes every rule, with what a test wants changed. */
export const image = (changes: Partial<ImageFacts> = {}): ImageFacts =>
  imageFactsWith({ width: 1024, height: 768, bytes: 400_000, ...changes })

export const findingOf = (report: Report, rule: RuleId): Finding => {
  const found = report.findings.find((finding) => finding.rule === rule)
  if (!found) throw new Error(`no finding for ${rule}`)
  return found
}

export const levelOf = (report: Report, rule: RuleId): Level => findingOf(report, rule).level

/** What other programs read of a finding, and what its sentence is filled with. */
export interface Expected {
  level: Level
  measured: Finding['measured']
  limit: Finding['limit']
  /** The variant of the rule's sentence. */
  says: string
  values?: Record<string, string | number>
  remedy?: string
}

export const expectFinding = (finding: Finding, { says, values = {}, ...rest }: Expected) => {
  const { rule, text, message: _, ...found } = finding
  expect(found).toEqual(rest)
  expect(text).toEqual({ key: `finding.${rule}_${says}`, values })
}
