import { z } from 'zod'
import { text } from './text'

/** Rule ids are stable: other programs read them (RULES.md). */
export const ruleId = z.enum([
  'readable',
  'complete',
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
  'format',
  'alpha',
  'animation',
  'colour',
  'prompt',
  'negative_prompt',
  'images',
  'seed',
  'cut',
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

/** A change that turns a finding into a pass. */
export const remedy = z.enum([
  'trim',
  'remux',
  're-encode',
  'rename',
  'keep-first-track',
  'scale',
  'pad',
  'crop',
  'fit-size',
  'constant-rate',
  'tone-map',
  'convert',
  'flatten',
  'first-frame',
  'to-srgb',
])
export type Remedy = z.infer<typeof remedy>

/** One rule's answer with what was measured. */
export const finding = z.object({
  rule: ruleId,
  level,
  /** The real value: seconds, pixels, bytes, a ratio or a name. */
  measured: z.union([
    z.number(),
    z.string(),
    z.boolean(),
    z.null(),
    z.record(z.string(), z.unknown()),
  ]),
  /** What is allowed, in the same unit. */
  limit: z.union([
    z.number(),
    z.string(),
    z.boolean(),
    z.null(),
    z.record(z.string(), z.unknown()),
  ]),
  /** English, for programs and logs. */
  message: z.string(),
  /** The same, for the window in the person's language. */
  text,
  remedy: remedy.optional(),
})
export type Finding = z.infer<typeof finding>

/** All findings of one file or edit, and the verdict they add up to. */
export const report = z.object({ verdict, findings: z.array(finding) })
export type Report = z.infer<typeof report>
