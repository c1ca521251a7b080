import { z } from 'zod'
import { longest, mostImages, mostParts } from './bounds'
import { outcome, videoTrack } from './media'
import { remedy, report } from './preflight'
import { aspectRatio, estimate, providerId, quality } from './provider'

/**
 * Part of a clip, in seconds on the clip's own clock: `end` is exclusive. Where the sound starts earlier than the
 * picture, the first frame is not at 0 (`videoStart` in the facts).
 */
export const selection = z.object({ start: z.number().min(0), end: z.number().positive() })
export type Selection = z.infer<typeof selection>

/** The options of a request, in the app's words; providers translate them. */
export const editOptions = z.object({
  quality: quality.default('720p'),
  /** null keeps the ratio of the clip; in other modes it leaves the ratio to the mode (`ratioFor`). */
  ratio: aspectRatio.nullable().default(null),
  /** 'keep' keeps the source's sound, 'auto' lets the model decide. */
  sound: z.enum(['keep', 'auto']).default('auto'),
  /** null lets the service choose. */
  seed: z.number().int().nullable().default(null),
  promptExtend: z.boolean().default(true),
  watermark: z.boolean().default(false),
  /** The service's own duration option in seconds: 0 keeps all. */
  cut: z.number().default(0),
  /** Seconds of the result, in a mode where they are chosen; left out where the provider's usual length is wanted. */
  duration: z.number().optional(),
  callbackUrl: z.string().nullable().default(null),
})
export type EditOptions = z.infer<typeof editOptions>

/** The options as the window sends them: with a bound on every text. */
export const boundedOptions = editOptions.extend({
  callbackUrl: z.string().max(longest.callbackUrl).nullable().default(null),
})

/** Part of a displayed picture, as fractions of its width and height from the top left corner. */
export const cropFrame = z
  .object({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().positive().max(1),
    height: z.number().positive().max(1),
  })
  .refine(
    ({ x, y, width, height }) => x + width <= 1.000001 && y + height <= 1.000001,
    'The frame leaves the picture',
  )
export type CropFrame = z.infer<typeof cropFrame>

/** How a clip that is too short is made longer: its last frame stays, it is slowed down, repeated, or turned around. */
export const extendWay = z.enum(['hold', 'slow', 'loop', 'bounce'])
export type ExtendWay = z.infer<typeof extendWay>

/** The remedies chosen for one file, and how they are done. */
export const fix = z.object({
  remedies: z.array(remedy).default([]),
  /** '#rrggbb'. */
  background: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#000000'),
  /** What `crop` keeps; without it the middle, as much as the limits allow. Cut further where its ratio is not allowed. */
  crop: cropFrame.optional(),
  /** What `pad` fills the rest with: `background`, or the picture itself, enlarged and blurred. Default 'colour'. */
  pad: z.enum(['colour', 'blur']).optional(),
  /** How `extend` reaches the model's minimum. Default 'hold'. */
  extend: extendWay.optional(),
  /** Which video track `keep-first-track` keeps. Default 0. */
  track: videoTrack.optional(),
})
export type Fix = z.infer<typeof fix>

/** What a draft is made from: one variant for each kind. Media ids name files of the catalog. */
export const draftSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('clip'),
    clipId: z.string().max(64),
    /** null: the whole clip. */
    selection: selection.nullable().default(null),
    /** More parts of the clip; each becomes a job of its own beside `selection`. */
    moreSelections: z
      .array(selection)
      .max(mostParts - 1)
      .default([]),
    /** Reference images, in the order in which the prompt names them ("Image 1" is the first). */
    imageIds: z.array(z.string().max(64)).max(mostImages).default([]),
  }),
])
export type DraftSource = z.infer<typeof draftSource>

/** What a person is composing; saved on every change, survives crashes. */
export const draft = z.object({
  id: z.string().min(1).max(64),
  source: draftSource,
  provider: providerId,
  prompt: z.string().default(''),
  negativePrompt: z.string().default(''),
  /** By media id: applied when the job is prepared; the file itself is never changed. */
  fixes: z.record(z.string(), fix).default({}),
  options: editOptions,
  updatedAt: z.number(),
})
export type Draft = z.infer<typeof draft>

/** What stands between a draft and its submission, most urgent first. `empty`: neither a prompt nor an image. */
export const blocker = z.enum([
  'no-clip',
  'checking',
  'clip',
  'image',
  'empty',
  'edit',
  'key',
  'bucket',
])
export type Blocker = z.infer<typeof blocker>

/** Whether a draft may be submitted, and what it would cost. */
export const draftCheck = z.object({
  /** The edit's own rules (prompt, images, seed, key…). */
  report,
  /** The clip and the images as they will be after the selection and the fixes. */
  files: z.array(z.object({ id: z.string(), report, outcome: outcome.optional() })),
  /** Seconds of the clip that will be sent; null without a readable clip. */
  seconds: z.number().nullable(),
  blockers: z.array(blocker),
  /** The ratio that is sent although none was chosen, where the provider always wants one. */
  impliedRatio: aspectRatio.nullable().optional(),
  estimate: estimate.nullable(),
})
export type DraftCheck = z.infer<typeof draftCheck>
