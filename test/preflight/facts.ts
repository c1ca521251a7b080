import type { ClipFacts, Finding, ImageFacts, Level, Report, RuleId } from '../../preload/contract'
import { clipFactsWith, imageFactsWith } from '../support/facts'

/** A clip that passes every rule, with what a test wants changed. */
export const clip = (changes: Partial<ClipFacts> = {}): ClipFacts => ({
  ...clipFactsWith({ duration: 5, bytes: 5_000_000 }),
  ...changes,
})

/** A clip that lasts so many seconds by every reading. */
export const lasting = (video: number, container = video, ignoringEdits = video): ClipFacts =>
  clip({ duration: video, durations: { container, video, ignoringEdits } })

/** An image that passes every rule, with what a test wants changed. */
export const image = (changes: Partial<ImageFacts> = {}): ImageFacts =>
  imageFactsWith({ width: 1024, height: 768, bytes: 400_000, ...changes })

export const findingOf = (report: Report, rule: RuleId): Finding => {
  const found = report.findings.find((finding) => finding.rule === rule)
  if (!found) throw new Error(`no finding for ${rule}`)
  return found
}

export const levelOf = (report: Report, rule: RuleId): Level => findingOf(report, rule).level
