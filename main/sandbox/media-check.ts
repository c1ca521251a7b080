import type { Facts, Report, RuleId } from '../../preload/contract'
import { type Refusal, refusal } from './create-request'

/** The part of DashScope's `InvalidFile.*` that a broken rule stands for. */
const codes: Partial<Record<RuleId, string>> = {
  size: 'Size',
  duration: 'Duration',
  width: 'Resolution',
  height: 'Resolution',
  aspect: 'AspectRatio',
  frame_rate: 'FPS',
  readable: 'Openerror',
  complete: 'Openerror',
  protected: 'Openerror',
}

/** Why the real service would not take this file; null when it would. Only failures count, not warnings. */
export function refuseMedia(
  type: 'video' | 'reference_image',
  facts: Facts,
  report: Report,
): Refusal | null {
  const wanted = type === 'video' ? 'video' : 'image'
  if (facts.kind !== wanted) {
    return refusal(400, 'InvalidFile.Format', `The ${type} is not a supported file.`)
  }
  const broken = report.findings.find(({ level }) => level === 'fail')
  if (!broken) return null
  return refusal(400, `InvalidFile.${codes[broken.rule] ?? 'Format'}`, `${type}: ${broken.message}`)
}
