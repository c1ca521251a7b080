import { z } from 'zod'
import { report } from './preflight'

/** One of a clip's video tracks, counted from 0 without cover art. */
export const videoTrack = z.number().int().min(0).max(63)

/** What is different from one video track of a clip to the next. Seconds, pixels. */
export const clipTrack = z.object({
  codec: z.string().nullable(),
  video: z.number().nullable(),
  ignoringEdits: z.number().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  codedWidth: z.number().int().nullable(),
  codedHeight: z.number().int().nullable(),
  rotation: z.number(),
  sar: z.string(),
  frameRate: z.number().nullable(),
  variableFrameRate: z.boolean(),
  hdr: z.boolean(),
})
export type ClipTrack = z.infer<typeof clipTrack>

/** What a clip is, measured by ffprobe and by reading its boxes. Seconds, pixels, bytes (RULES.md). */
export const clipFacts = z.object({
  kind: z.literal('video'),
  /** Family by content: 'mp4', 'mov', '3gp', 'm4a', 'heic', 'webm', 'mkv', 'avi', … */
  container: z.string(),
  /** Major brand of the ftyp box, trimmed; null when the file has none. */
  brand: z.string().nullable(),
  /** Seconds of the video stream; null when unknown. */
  duration: z.number().nullable(),
  durations: z.object({
    container: z.number().nullable(),
    video: z.number().nullable(),
    ignoringEdits: z.number().nullable(),
  }),
  /** Displayed pixels, after rotation; null without a video stream. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  codedWidth: z.number().int().nullable(),
  codedHeight: z.number().int().nullable(),
  /** Degrees clockwise needed for display: 0, 90, 180 or 270. */
  rotation: z.number(),
  /** Sample aspect ratio as 'n:d'. */
  sar: z.string(),
  /** ffprobe's codec name of the first real video stream; null without one. */
  codec: z.string().nullable(),
  /** Average frames per second; null when unknown. */
  frameRate: z.number().nullable(),
  variableFrameRate: z.boolean(),
  hdr: z.boolean(),
  audio: z.array(
    z.object({
      codec: z.string(),
      channels: z.number().int().nullable(),
      sampleRate: z.number().int().nullable(),
    }),
  ),
  bytes: z.number().int(),
  /** Video streams that are not cover art. */
  videoTracks: z.number().int(),
  /** Whether the video track is encrypted (cenc, cbcs, other DRM boxes). */
  encrypted: z.boolean(),
  /** Whether every packet that the index promises lies inside the file, and there is at least one. */
  complete: z.boolean(),
  /** False when ffprobe cannot open it: then only container, brand and bytes are known. Absent means true. */
  opens: z.boolean().optional(),
  /** False when no decoder of this codec is here: then nothing that has to look at the pictures can help. */
  decodes: z.boolean().optional(),
  /** When the first picture is shown, where that is later than the clip's start (its sound begins first). Seconds. */
  videoStart: z.number().optional(),
  /** The video tracks to choose from, in the order of `Fix.track`; absent where there is only one. */
  tracks: z.array(clipTrack).optional(),
})
export type ClipFacts = z.infer<typeof clipFacts>

/** What a still image is, by content. Pixels after EXIF orientation, bytes. */
export const imageFacts = z.object({
  kind: z.literal('image'),
  /** 'jpeg', 'png', 'bmp', 'webp', or what it is instead: 'gif', 'tiff', 'avif', 'heic', 'svg', 'pdf', … */
  format: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** EXIF orientation 1..8; 1 when none. */
  orientation: z.number().int(),
  frames: z.number().int(),
  /** An alpha channel or a transparent palette entry is present. */
  alpha: z.boolean(),
  /** At least one pixel is not opaque. */
  transparent: z.boolean(),
  colourSpace: z.string().nullable(),
  bytes: z.number().int(),
  /** Whether all of it decodes. */
  decodes: z.boolean(),
})
export type ImageFacts = z.infer<typeof imageFacts>

/** A file that is neither a clip nor an image, or that cannot be opened. */
export const otherFacts = z.object({
  kind: z.literal('other'),
  /** What the content looks like ('pdf', 'zip', 'text', 'audio', …); null when it cannot be told. */
  format: z.string().nullable(),
  bytes: z.number().int().nullable(),
  /** Why it could not be read at all; null when it could. */
  unreadable: z.enum(['missing', 'empty', 'not-a-file', 'denied', 'timeout', 'damaged']).nullable(),
})
export type OtherFacts = z.infer<typeof otherFacts>

export const facts = z.discriminatedUnion('kind', [clipFacts, imageFacts, otherFacts])
export type Facts = z.infer<typeof facts>

/** A file the person gave to the app. The window knows it by id; its path stays in main. */
export const mediaItem = z.object({
  id: z.string(),
  name: z.string(),
  /** Folder of the file as shown to a person (home shortened to ~). */
  folder: z.string(),
  bytes: z.number().int().nullable(),
  addedAt: z.number(),
  state: z.enum(['checking', 'checked', 'missing']),
  /** Present once checked. */
  report: report.nullable(),
  facts: facts.nullable(),
  /** URL of a small still of the file; null while it is being made or where none can be. */
  posterUrl: z.string().nullable(),
  /** Whether Chromium can play the file itself; when false, ask for a proxy. Null until checked. */
  playable: z.boolean().nullable(),
})
export type MediaItem = z.infer<typeof mediaItem>

/** A strip of stills of a clip: one image of `count` tiles side by side. Pixels, seconds. */
export const filmstrip = z.object({
  url: z.string(),
  count: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  duration: z.number(),
  /** While the strip is being made: the tiles that are ready, from the first on; `url` is then not there yet. */
  tiles: z.array(z.string()).optional(),
})
export type Filmstrip = z.infer<typeof filmstrip>

/** The loudness of a clip's first sound over its whole length; no peaks where it has no sound. */
export const waveform = z.object({
  /** Peaks a second; the first one begins at the clip's start. */
  perSecond: z.number().positive(),
  /** Loudest sample of each part, 0..1; at most 20 000. */
  peaks: z.array(z.number()),
})
export type Waveform = z.infer<typeof waveform>

/** Where one scene ends and another begins: the times of the first frames of new scenes. Seconds, ascending. */
export const sceneChanges = z.object({ seconds: z.array(z.number()) })
export type SceneChanges = z.infer<typeof sceneChanges>

/** The few numbers of a file that a person compares. Bytes, seconds, pixels; null where there are none. */
export const measures = z.object({
  bytes: z.number().nullable(),
  seconds: z.number().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  frameRate: z.number().nullable(),
  /** Codec of a clip, format of an image. */
  format: z.string().nullable(),
})
export type Measures = z.infer<typeof measures>

/** A file before and after its selection and fix, told without running them. */
export const outcome = z.object({
  before: measures,
  /** Exact but for `bytes`, which are an estimate where `runs`. */
  after: measures,
  /** Whether a new file has to be made. */
  runs: z.boolean(),
})
export type Outcome = z.infer<typeof outcome>

/** What a selection and a fix would make of a file, before anything is run. */
export const forecast = z.object({ outcome, facts, report })
export type Forecast = z.infer<typeof forecast>

/** What a selection and a fix made of a file. */
export const preparedFile = z.object({
  url: z.string(),
  bytes: z.number().int(),
  facts,
  report,
  /** For clips the exact command, for stills an equivalent under a comment; shell-quoted, null when nothing had to be done. */
  command: z.string().nullable(),
})
export type PreparedFile = z.infer<typeof preparedFile>
