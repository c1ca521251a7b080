import type { ClipFacts, ClipTrack } from '../../../preload/contract'
import { secondsOfMark } from '../../tools/run-ffmpeg'
import { isVariable, type PacketTimes, ratesDiffer } from './frame-times'
import { type IsoFile, summarizeTrack, type TrackSummary } from './iso/file'
import {
  audioStreams,
  isHdr,
  type Probed,
  type ProbedStream,
  rotationOf,
  videoStreams,
} from './probe'

/** Everything that was read of a clip. */
interface Reading {
  container: string
  brand: string | null
  bytes: number
  /** Null for other containers than ISO. */
  iso: IsoFile | null
  /** Whether another container declares more bytes than the file has. */
  cutOff: boolean
  /**
   * Timing from the packets of the first video track; null if the index has it, or the clip is too long. `container`
   * counts all packets, and `start` from the first of them.
   */
  packets: (PacketTimes & { container: number }) | null
  /** Whether ffmpeg can decode this codec. */
  decodes: (codec: string | null) => boolean
}

/** Streams have the order of the tracks, so a stream and its track have the same index. */
const trackOf = (iso: IsoFile | null, stream: ProbedStream): TrackSummary | null => {
  const tracks = iso?.index?.tracks ?? []
  const placed = tracks[stream.index]
  const found =
    placed?.handler === 'vide' ? placed : tracks.find(({ handler }) => handler === 'vide')
  return iso && found ? summarizeTrack(iso, found) : null
}

const positive = (value: number | null | undefined): number | null =>
  value && value > 0 ? value : null

/** Seconds of a stream in Matroska, from its tag (00:00:03.300000000); 0 without one. */
const taggedDuration = ({ tags }: ProbedStream): number => {
  const tag = Object.entries(tags ?? {}).find(([name]) => /^duration(-eng)?$/i.test(name))?.[1]
  return secondsOfMark(String(tag ?? ''))
}

/**
 * Seconds that the file's index declares; null without an index, or if fragments add to it.
 *
 * ffprobe up to version 6 reports this as the container's duration, newer versions the end of the last track as
 * displayed (measured with 4.0, 5.1, 7.1 and 9.0). The verdict must not depend on the version.
 */
const declaredDuration = ({ iso }: Reading): number | null => {
  const index = iso?.index
  if (!index || index.fragmented || index.timescale <= 0) return null
  // To the microsecond, like ffprobe.
  return positive(Math.round((index.duration / index.timescale) * 1e6) / 1e6)
}

const durationsOf = (
  reading: Reading,
  probed: Probed,
  video: ProbedStream | undefined,
  track: TrackSummary | null,
) => {
  const container = declaredDuration(reading) ?? positive(probed.format?.duration)
  if (!video) return { container, video: null, ignoringEdits: null }
  const reported = positive(video.duration) ?? positive(taggedDuration(video))
  const shown = positive(track?.duration) ?? reported
  return { container, video: shown, ignoringEdits: positive(track?.ignoringEdits) ?? shown }
}

/**
 * Seconds by which the picture begins later than the file.
 *
 * Index and packets are asked first: ffprobe gives 0 for a picture that begins after the part that it examines.
 */
const startOf = (
  { iso, packets }: Reading,
  probed: Probed,
  video: ProbedStream | undefined,
  track: TrackSummary | null,
): number => {
  if (packets) return packets.start
  const starts = (iso?.index?.tracks ?? [])
    .filter(({ handler }) => handler === 'vide' || handler === 'soun')
    .map((one) => (iso ? summarizeTrack(iso, one).start : 0))
  return track && track.start > 0
    ? track.start - Math.min(...starts)
    : (video?.start_time ?? 0) - (probed.format?.start_time ?? 0)
}

/** False if the file is cut off, has no samples, or has its samples in another file. */
const isComplete = ({ iso, cutOff }: Reading, track: TrackSummary | null): boolean => {
  if (!iso?.index) return !cutOff
  if (iso.cutOff) return false
  return track === null || (track.samples > 0 && track.selfContained)
}

/** Seconds of the picture that are in a file that is cut off. The last packet of another container may be a part. */
const wholeOf = ({ iso, packets }: Reading, track: TrackSummary | null): number => {
  if (iso) return track?.whole ?? 0
  return packets?.frameRate ? packets.duration - 1 / packets.frameRate : 0
}

const pixels = (value: number | null | undefined) => (value && value > 0 ? Math.round(value) : null)

const sizeOf = (video: ProbedStream | undefined) => {
  const codedWidth = pixels(video?.width)
  const codedHeight = pixels(video?.height)
  const rotation = video ? rotationOf(video) : 0
  const upright = rotation % 180 === 0
  return {
    width: upright ? codedWidth : codedHeight,
    height: upright ? codedHeight : codedWidth,
    codedWidth,
    codedHeight,
    rotation,
  }
}

const variableOf = (track: TrackSummary | null, video: ProbedStream | undefined): boolean => {
  if (track && track.times.length > 0) return isVariable(track.times)
  return ratesDiffer(video?.avg_frame_rate ?? null, video?.r_frame_rate ?? null)
}

/** Seconds. Shorter gaps come from rounding, and no player shows them. */
const shortestGap = 0.1

const pictureOf = (track: TrackSummary | null, video: ProbedStream | undefined) => ({
  ...sizeOf(video),
  sar: /^[1-9]\d*:[1-9]\d*$/.exec(video?.sample_aspect_ratio ?? '')?.[0] ?? '1:1',
  codec: video?.codec_name ?? (video ? (video.codec_tag_string ?? null) : null),
  frameRate: video ? positive(video.avg_frame_rate) : null,
  variableFrameRate: variableOf(track, video),
  hdr: video ? isHdr(video) : false,
})

/** The video tracks to choose from; empty if there is only one. */
const tracksOf = (reading: Reading, probed: Probed): ClipTrack[] => {
  const videos = videoStreams(probed)
  if (videos.length < 2) return []
  return videos.map((video) => {
    const track = trackOf(reading.iso, video)
    const { container: _, ...durations } = durationsOf(reading, probed, video, track)
    return { ...durations, ...pictureOf(track, video) }
  })
}

/** Combines what ffprobe reports with what the boxes of the file declare. */
export const clipFacts = (reading: Reading, probed: Probed): ClipFacts => {
  const videos = videoStreams(probed)
  const [video] = videos
  const track = video ? trackOf(reading.iso, video) : null
  const { packets } = reading
  const durations = {
    ...durationsOf(reading, probed, video, track),
    ...(packets && {
      container: positive(packets.container),
      video: positive(packets.duration),
      ignoringEdits: positive(packets.duration),
    }),
  }
  const videoStart = startOf(reading, probed, video, track)
  const tracks = tracksOf(reading, probed)
  const complete = isComplete(reading, track)
  const whole = complete ? 0 : wholeOf(reading, track)
  if (whole > 0) Object.assign(durations, { container: whole, video: whole, ignoringEdits: whole })
  return {
    kind: 'video',
    container: reading.container,
    brand: reading.brand,
    duration: durations.video,
    durations,
    ...pictureOf(track, video),
    ...(packets ? { frameRate: packets.frameRate, variableFrameRate: packets.variable } : {}),
    audio: audioStreams(probed).map((one) => ({
      codec: one.codec_name ?? one.codec_tag_string ?? 'unknown',
      channels: pixels(one.channels),
      sampleRate: pixels(one.sample_rate),
    })),
    bytes: reading.bytes,
    videoTracks: videos.length,
    encrypted: track?.encrypted === true || /^(encv|drmi)$/.test(video?.codec_tag_string ?? ''),
    complete,
    ...(whole > 0 ? { whole } : {}),
    ...(video && !reading.decodes(video.codec_name ?? null) ? { decodes: false } : {}),
    ...(packets?.timesRise === false ? { timesRise: false } : {}),
    ...(videoStart >= shortestGap ? { videoStart } : {}),
    ...(tracks.length > 0 ? { tracks } : {}),
  }
}

/** The facts of a clip that ffprobe cannot open. */
export const unopenedClip = (
  known: Pick<Reading, 'container' | 'brand' | 'bytes' | 'iso'>,
): ClipFacts => ({
  ...clipFacts({ ...known, cutOff: true, packets: null, decodes: () => true }, { streams: [] }),
  durations: { container: null, video: null, ignoringEdits: null },
  encrypted:
    known.iso?.index?.tracks.some((track) => track.handler === 'vide' && track.encrypted) ?? false,
  complete: false,
  opens: false,
})
