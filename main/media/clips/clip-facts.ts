import type { ClipFacts, ClipTrack } from '../../../preload/contract'
import { isVariable, ratesDiffer } from './frame-times'
import { type IsoFile, summarizeTrack, type TrackSummary } from './iso/file'
import type { PacketTimes } from './packet-times'
import {
  audioStreams,
  isHdr,
  type Probed,
  type ProbedStream,
  rotationOf,
  videoStreams,
} from './probe'

interface Seen {
  container: string
  brand: string | null
  bytes: number
  /** Null for containers that are not ISO. */
  iso: IsoFile | null
  /** Whether another container says that it is longer than the file. */
  cutOff: boolean
  /** What was read of the first picture's packets; null where the index says it all, or the clip is long. */
  packets: PacketTimes | null
  /** Whether this codec can be decoded here. */
  decodes: (codec: string | null) => boolean
}

/** Facts of a clip that ffprobe cannot open. */
export const unopenedClip = ({
  container,
  brand,
  bytes,
  iso,
}: Pick<Seen, 'container' | 'brand' | 'bytes' | 'iso'>): ClipFacts => ({
  kind: 'video',
  container,
  brand,
  duration: null,
  durations: { container: null, video: null, ignoringEdits: null },
  width: null,
  height: null,
  codedWidth: null,
  codedHeight: null,
  rotation: 0,
  sar: '1:1',
  codec: null,
  frameRate: null,
  variableFrameRate: false,
  hdr: false,
  audio: [],
  bytes,
  videoTracks: 0,
  encrypted:
    iso?.index?.tracks.some((track) => track.handler === 'vide' && track.encrypted) ?? false,
  complete: false,
  opens: false,
})

/** Streams come in the order of the tracks: the track of a stream is the one at its place. */
const trackOf = (iso: IsoFile | null, stream: ProbedStream): TrackSummary | null => {
  const tracks = iso?.index?.tracks ?? []
  const placed = tracks[stream.index]
  const found =
    placed?.handler === 'vide' ? placed : tracks.find(({ handler }) => handler === 'vide')
  return iso && found ? summarizeTrack(iso, found) : null
}

const positive = (value: number | null | undefined): number | null =>
  value && value > 0 ? value : null

/** Matroska says the length of a stream in a tag: 00:00:03.300000000. Seconds. */
const taggedDuration = ({ tags }: ProbedStream): number | null => {
  const tag = Object.entries(tags ?? {}).find(([name]) => /^duration(-eng)?$/i.test(name))?.[1]
  const [, h, m, s] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(String(tag ?? '')) ?? []
  return h && m && s ? Number(h) * 3600 + Number(m) * 60 + Number(s) : null
}

/**
 * The length that the index of the whole file promises; null where there is none, or where fragments add to it. Seconds.
 *
 * ffprobe up to 6 gives this as the container's length, newer ones give the end of the last track as it is shown
 * (measured with 4.0, 5.1, 7.1 and 9.0): the verdict must not hang on which of them somebody has.
 */
const promisedLength = ({ iso }: Seen): number | null => {
  const index = iso?.index
  if (!index || index.fragmented || index.timescale <= 0) return null
  // To the microsecond, as ffprobe says lengths.
  return positive(Math.round((index.duration / index.timescale) * 1e6) / 1e6)
}

const durationsOf = (
  seen: Seen,
  probed: Probed,
  video: ProbedStream | undefined,
  track: TrackSummary | null,
) => {
  const said = video ? (positive(video.duration) ?? positive(taggedDuration(video))) : null
  return {
    container: promisedLength(seen) ?? positive(probed.format?.duration),
    video: video ? (positive(track?.duration) ?? said) : null,
    ignoringEdits: video
      ? (positive(track?.ignoringEdits) ?? positive(track?.duration) ?? said)
      : null,
  }
}

const sarOf = (video: ProbedStream | undefined): string => {
  const said = video?.sample_aspect_ratio
  return said && /^[1-9]\d*:[1-9]\d*$/.test(said) ? said : '1:1'
}

/** Cut off, without a sample, or with its samples in another file. */
const isComplete = ({ iso, cutOff }: Seen, track: TrackSummary | null): boolean => {
  if (!iso?.index) return !cutOff
  if (iso.cutOff) return false
  return track === null || (track.samples > 0 && track.selfContained)
}

const isEncrypted = (track: TrackSummary | null, video: ProbedStream | undefined) =>
  track?.encrypted === true || /^(encv|drmi)$/.test(video?.codec_tag_string ?? '')

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

/** Gaps that are shorter are how encoders round: no player shows them. Seconds. */
const shortestGap = 0.1

/** How much later than everything else the picture begins. */
const startOf = (probed: Probed, video: ProbedStream | undefined): number => {
  const gap = (video?.start_time ?? 0) - (probed.format?.start_time ?? 0)
  return gap >= shortestGap ? gap : 0
}

const pictureOf = (track: TrackSummary | null, video: ProbedStream | undefined) => ({
  ...sizeOf(video),
  sar: sarOf(video),
  codec: video?.codec_name ?? (video ? (video.codec_tag_string ?? null) : null),
  frameRate: video ? positive(video.avg_frame_rate) : null,
  variableFrameRate: variableOf(track, video),
  hdr: video ? isHdr(video) : false,
})

/** The tracks to choose from; none where there is no choice. */
const tracksOf = (seen: Seen, probed: Probed): ClipTrack[] => {
  const videos = videoStreams(probed)
  if (videos.length < 2) return []
  return videos.map((video) => {
    const track = trackOf(seen.iso, video)
    const { video: shown, ignoringEdits } = durationsOf(seen, probed, video, track)
    return { video: shown, ignoringEdits, ...pictureOf(track, video) }
  })
}

/** Puts together what ffprobe says and what the boxes say. Pure. */
export const clipFacts = (seen: Seen, probed: Probed): ClipFacts => {
  const videos = videoStreams(probed)
  const [video] = videos
  const track = video ? trackOf(seen.iso, video) : null
  const { packets } = seen
  const said = durationsOf(seen, probed, video, track)
  const read = packets ? { video: packets.duration, ignoringEdits: packets.duration } : {}
  const durations = { ...said, ...read }
  const videoStart = startOf(probed, video)
  const tracks = tracksOf(seen, probed)
  return {
    kind: 'video',
    container: seen.container,
    brand: seen.brand,
    duration: durations.video,
    durations,
    ...pictureOf(track, video),
    ...(packets ? { frameRate: packets.frameRate, variableFrameRate: packets.variable } : {}),
    audio: audioStreams(probed).map((one) => ({
      codec: one.codec_name ?? one.codec_tag_string ?? 'unknown',
      channels: pixels(one.channels),
      sampleRate: pixels(one.sample_rate),
    })),
    bytes: seen.bytes,
    videoTracks: videos.length,
    encrypted: isEncrypted(track, video),
    complete: isComplete(seen, track),
    ...(video && !seen.decodes(video.codec_name ?? null) ? { decodes: false } : {}),
    ...(videoStart > 0 ? { videoStart } : {}),
    ...(tracks.length > 0 ? { tracks } : {}),
  }
}
