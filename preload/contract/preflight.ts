import { z } from 'zod'
import { text } from './text'

/** Rule ids are stable, because other programs read them (docs/preflight.md). */
export const ruleId = z.enum([
  'readable',
  'complete',
  'decodes',
  'protected',
  'container',
  'extension',
  'video_track',
  'duration',
  'width',
  'height',
  'aspect',
  'size',
  'codec',
  'frame_rate',
  'hdr',
  'rotation',
  'audio',
  'loudness',
  'format',
  'alpha',
  'animation',
  'colour',
  'prompt',
  'negative_prompt',
  'files',
  'images',
  'seed',
  'cut',
  'result_duration',
  'quality',
  'ratio',
  'callback',
  'options',
  'storage',
  'key',
])
export type RuleId = z.infer<typeof ruleId>

export const level = z.enum(['pass', 'info', 'warn', 'fail'])
export type Level = z.infer<typeof level>

/** The worst level of a report; info counts as pass. */
export const verdict = z.enum(['pass', 'warn', 'fail'])
export type Verdict = z.infer<typeof verdict>

/**
 * A change that makes a rule pass. Remedies are shown in this order: choices of the person first, consequences last.
 */
export const remedy = z.enum([
  'salvage',
  'trim',
  'extend',
  'crop',
  'pad',
  'scale',
  'convert',
  'first-frame',
  'flatten',
  'to-srgb',
  'tone-map',
  'sound-track',
  'to-wav',
  'level',
  'constant-rate',
  'keep-first-track',
  're-encode',
  'fit-size',
  'remux',
  'rename',
])
export type Remedy = z.infer<typeof remedy>

/** Remedies that change what is seen, so that only a person chooses them. "Fix all" leaves them out. */
export const onlyByChoice: readonly Remedy[] = ['extend']

const findingValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.record(z.string(), z.unknown()),
])

/** What one rule found. */
export const finding = z.object({
  rule: ruleId,
  level,
  /** The real value: seconds, pixels, bytes, a ratio or a name. */
  measured: findingValue,
  /** What is allowed, in the same unit. */
  limit: findingValue,
  /** In English, for programs and logs. */
  message: z.string(),
  /** The same sentence for display in the person's language. */
  text,
  remedy: remedy.optional(),
})
export type Finding = z.infer<typeof finding>

/** All findings for one file or edit, and the resulting verdict. */
export const report = z.object({ verdict, findings: z.array(finding) })
export type Report = z.infer<typeof report>
