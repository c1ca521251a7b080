import { z } from 'zod'
import { report } from './preflight'

/** One of a clip's video tracks, counted from 0 without cover art. */
export const videoTrack = z.number().int().min(0).max(63)

/** The picture of a clip. */
const clipPicture = z.object({
  /** Displayed pixels, after rotation; null without a video stream. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  codedWidth: z.number().int().nullable(),
  codedHeight: z.number().int().nullable(),
  /** Clockwise rotation for display: 0, 90, 180 or 270 degrees. */
  rotation: z.number(),
  /** Sample aspect ratio as 'n:d'. */
  sar: z.string(),
  /** ffprobe's codec name of the first real video stream; null without one. */
  codec: z.string().nullable(),
  /** Average frames per second; null when unknown. */
  frameRate: z.number().nullable(),
  variableFrameRate: z.boolean(),
  hdr: z.boolean(),
})

/** The facts that differ between the video tracks of a clip. Seconds, pixels. */
const clipTrack = clipPicture.extend({
  video: z.number().nullable(),
  ignoringEdits: z.number().nullable(),
})
export type ClipTrack = z.infer<typeof clipTrack>

/** What ffprobe and the box reader measured of a clip (docs/preflight.md). Seconds, pixels, bytes. */
export const clipFacts = z.object({
  kind: z.literal('video'),
  /** The family by content: 'mp4', 'mov', '3gp', 'm4a', 'heic', 'webm', 'mkv', 'avi', … */
  container: z.string(),
  /** The major brand of the ftyp box, trimmed; null without one. */
  brand: z.string().nullable(),
  /** The length of the video stream; null when unknown. */
  duration: z.number().nullable(),
  durations: z.object({
    container: z.number().nullable(),
    video: z.number().nullable(),
    ignoringEdits: z.number().nullable(),
  }),
  ...clipPicture.shape,
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
  /** Whether the video track is encrypted (cenc, cbcs or other DRM boxes). */
  encrypted: z.boolean(),
  /** Whether the index lists at least one packet, and every listed packet lies inside the file. */
  complete: z.boolean(),
  /** How many seconds are in a file that is cut off, from its beginning; then `durations` are these. */
  whole: z.number().optional(),
  /** False if ffprobe cannot open it: then only container, brand and bytes are known. Default true. */
  opens: z.boolean().optional(),
  /** False if ffmpeg has no decoder for this codec: then no remedy can work on the picture. Default true. */
  decodes: z.boolean().optional(),
  /** Whether frames at the start, the middle and the end can be decoded; absent where nobody tried. */
  framesDecode: z.boolean().optional(),
  /** False if packets have no time stamps, or equal ones: a copy of the stream keeps them wrong. Default true. */
  timesRise: z.boolean().optional(),
  /** When the first frame is shown, if the sound starts earlier. Seconds. Default 0. */
  videoStart: z.number().optional(),
  /** The video tracks in the order of `Fix.track`; absent if there is only one. */
  tracks: z.array(clipTrack).optional(),
})
export type ClipFacts = z.infer<typeof clipFacts>

/** What was measured of a still image. Pixels after EXIF orientation, bytes. */
export const imageFacts = z.object({
  kind: z.literal('image'),
  /** By content: 'jpeg', 'png', 'bmp', 'webp', 'gif', 'tiff', 'avif', 'heic', 'svg', 'pdf', … */
  format: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** EXIF orientation 1..8; 1 without one. */
  orientation: z.number().int(),
  frames: z.number().int(),
  /** Whether it has an alpha channel or a transparent palette entry. */
  alpha: z.boolean(),
  /** Whether at least one pixel is not opaque. */
  transparent: z.boolean(),
  colourSpace: z.string().nullable(),
  bytes: z.number().int(),
  /** Whether it decodes to its end. */
  decodes: z.boolean(),
})
export type ImageFacts = z.infer<typeof imageFacts>

/** What was measured of a file that is only sound. Seconds, bytes. */
export const soundFacts = z.object({
  kind: z.literal('sound'),
  /** By content: 'wav', 'mp3', 'flac', 'ogg', 'aac', 'aiff', … */
  format: z.string(),
  /** ffprobe's codec name. */
  codec: z.string().nullable(),
  /** What can be played; null when unknown. */
  duration: z.number().nullable(),
  channels: z.number().int().nullable(),
  sampleRate: z.number().int().nullable(),
  /** The loudest sample in dB below full scale, at least -120; null when unknown. */
  peak: z.number().nullable(),
  /** False if the file declares more bytes than it has. */
  complete: z.boolean(),
  /** Whether ffmpeg gets sound from it. */
  decodes: z.boolean(),
  bytes: z.number().int(),
})
export type SoundFacts = z.infer<typeof soundFacts>

/** A file that is neither clip, image nor sound, or that cannot be opened. */
export const otherFacts = z.object({
  kind: z.literal('other'),
  /** The kind of content ('pdf', 'zip', 'text', …); null when unknown. */
  format: z.string().nullable(),
  bytes: z.number().int().nullable(),
  /** Why it could not be read; null if it could. */
  unreadable: z
    .enum(['missing', 'name', 'empty', 'not-a-file', 'denied', 'timeout', 'damaged'])
    .nullable(),
})
export type OtherFacts = z.infer<typeof otherFacts>

export const facts = z.discriminatedUnion('kind', [clipFacts, imageFacts, soundFacts, otherFacts])
export type Facts = z.infer<typeof facts>

/** A file that the person added. The window knows its id, never its path. */
export const mediaItem = z.object({
  id: z.string(),
  name: z.string(),
  /** The folder as shown to people, with the home folder as ~. */
  folder: z.string(),
  bytes: z.number().int().nullable(),
  addedAt: z.number(),
  state: z.enum(['checking', 'checked', 'missing']),
  /** Present once checked. */
  report: report.nullable(),
  facts: facts.nullable(),
  /** URL of a small still; null while it is being made, or if none can be made. */
  posterUrl: z.string().nullable(),
  /** Whether Chromium can play the file; if not, ask for a proxy. null until checked. */
  playable: z.boolean().nullable(),
})
export type MediaItem = z.infer<typeof mediaItem>

/** Stills of a clip as one image of `count` tiles side by side. Pixels, seconds. */
export const filmstrip = z.object({
  url: z.string(),
  count: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  duration: z.number(),
  /** URLs of the tiles that are ready, while the strip is being made; until then `url` does not exist. */
  tiles: z.array(z.string()).optional(),
})
export type Filmstrip = z.infer<typeof filmstrip>

/** The loudness of a clip's first audio track; no peaks without one. */
export const waveform = z.object({
  /** Peaks per second; the first one is at the clip's start. */
  perSecond: z.number().positive(),
  /** The loudest sample of each part, 0..1; at most 20 000 peaks. */
  peaks: z.array(z.number()),
})
export type Waveform = z.infer<typeof waveform>

/** The times at which new scenes begin. Seconds, ascending. */
export const sceneChanges = z.object({ seconds: z.array(z.number()) })
export type SceneChanges = z.infer<typeof sceneChanges>

/** The numbers by which a person compares two files. Bytes, seconds, pixels; null where they do not apply. */
export const measures = z.object({
  bytes: z.number().nullable(),
  seconds: z.number().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  frameRate: z.number().nullable(),
  /** Codec of a clip, format of an image or a sound. */
  format: z.string().nullable(),
})
export type Measures = z.infer<typeof measures>

/** A file before and after its selection and fix, without running them. */
export const outcome = z.object({
  before: measures,
  /** Exact, except that `bytes` is an estimate if `runs`. */
  after: measures,
  /** Whether ffmpeg or sharp has to make a new file. */
  runs: z.boolean(),
})
export type Outcome = z.infer<typeof outcome>

/** What a selection and a fix will make of a file, before anything is run. */
export const forecast = z.object({ outcome, facts, report })
export type Forecast = z.infer<typeof forecast>

/** What a selection and a fix made of a file. */
export const preparedFile = z.object({
  url: z.string(),
  bytes: z.number().int(),
  facts,
  report,
  /** Shell-quoted: the exact command for a clip, an equivalent one for an image. null if nothing was run. */
  command: z.string().nullable(),
})
export type PreparedFile = z.infer<typeof preparedFile>
