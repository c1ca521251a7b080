import type { ClipFacts, ExtendWay } from '../../../preload/contract'
import { bufferSeconds, type EncodePlan, type FrameRate, type Size } from '../../preflight'
import { asInput, type Conversion } from '../../tools/run-ffmpeg'

/** Seconds by which a cut starts early: the times of frames are rounded, so a frame may begin just before its time. */
const startMargin = 0.0005

/** How much of a clip ffmpeg examines at its beginning. Seconds, and bytes. */
const minExamined = 5
const largestExamined = 200_000_000

const number = (value: number) => String(Number(value.toFixed(6)))

const rateOf = ({ numerator, denominator }: FrameRate) => `${numerator}/${denominator}`

/** HDR to SDR through linear light. Properties that the stream does not declare are assumed to be BT.2020. */
const toneMap = [
  'zscale=transfer=linear:npl=100:primariesin=bt2020:matrixin=bt2020nc:rangein=tv',
  'format=gbrpf32le',
  'zscale=primaries=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=transfer=bt709:matrix=bt709:range=tv',
]

const hex = (colour: string) => colour.replace('#', '0x')

const sized = ({ width, height }: Size) => `${width}:${height}`

/** The picture is blurred at this fraction of its size: that is cheap and looks the same. */
const blurStep = 16

/** Puts the picture on an enlarged, blurred copy of itself. */
const blurredPad = (pad: Size): string => {
  const small = {
    width: Math.max(4, Math.ceil(pad.width / blurStep / 2) * 2),
    height: Math.max(4, Math.ceil(pad.height / blurStep / 2) * 2),
  }
  const behind = [
    `scale=${sized(small)}:force_original_aspect_ratio=increase`,
    `crop=${sized(small)}`,
    'boxblur=lr=2:lp=2:cr=1:cp=2',
    `scale=${sized(pad)}:flags=bilinear`,
    'setsar=1',
  ]
  return `split[front][back];[back]${behind.join(',')}[soft];[soft][front]overlay=(W-w)/2:(H-h)/2`
}

/** ffmpeg has applied the rotation before these filters. */
const sizeFilters = ({ fit, square, blur }: EncodePlan, background: string): string[] => {
  if (!fit) return ['setsar=1']
  const { crop, scale, pad } = fit
  const target = scale ?? (square && !crop ? square : null)
  return [
    // Anamorphic pictures get square pixels first, because crop and pad count square pixels.
    ...(square && crop ? [`scale=${sized(square)}`, 'setsar=1'] : []),
    ...(crop ? [`crop=${sized(crop)}:${crop.x}:${crop.y}`] : []),
    ...(target ? [`scale=${sized(target)}:flags=lanczos`] : []),
    'setsar=1',
    ...(pad && blur ? [blurredPad(pad)] : []),
    ...(pad && !blur ? [`pad=${sized(pad)}:(ow-iw)/2:(oh-ih)/2:color=${hex(background)}`] : []),
  ]
}

type Extend = NonNullable<EncodePlan['extend']>

/** How often a part must be repeated, at least once. */
const repeats = (length: number, wanted: number) => Math.max(1, Math.ceil(wanted / length) - 1)

/** Makes a part of `frames` long enough. The last frame is held for what rounding leaves over. */
const extendedPicture = (
  { way, frames }: Extend,
  rate: FrameRate,
  { frames: wanted }: Pick<EncodePlan, 'frames'>,
): string[] => {
  const total = wanted ?? frames
  const looped = (length: number) => [
    `loop=loop=${repeats(length, total)}:size=${length}:start=0`,
    `setpts=N*${rate.denominator}/${rate.numerator}/TB`,
  ]
  const ways: Record<ExtendWay, () => string[]> = {
    hold: () => [],
    slow: () => [
      // The frame before the end of a stream is dropped here, so the last one is doubled.
      'tpad=stop_mode=clone:stop=2',
      `setpts=PTS*${total}/${frames}`,
      `fps=fps=${rateOf(rate)}:start_time=0`,
    ],
    loop: () => looped(frames),
    bounce: () => [
      'split[there][turned];[turned]reverse[back];[there][back]concat',
      ...looped(frames * 2),
    ],
  }
  const seconds = (total * rate.denominator) / rate.numerator
  return [
    `trim=end_frame=${frames}`,
    ...ways[way](),
    `tpad=stop_mode=clone:stop_duration=${number(seconds)}`,
  ]
}

/** One filter changes the tempo to half at most. */
const slowed = (factor: number): string[] =>
  factor > 2 ? ['atempo=0.5', ...slowed(factor / 2)] : [`atempo=${number(1 / factor)}`]

const extendRate = 48_000

/** The sound of a part that is made longer: like the picture; silent while a frame is held. */
const extendedSound = ({ way, seconds }: Extend, wanted: number): string[] => {
  const looped = (length: number) => [
    `aloop=loop=${repeats(length, wanted)}:size=${Math.round(length * extendRate)}`,
  ]
  const ways: Record<ExtendWay, () => string[]> = {
    hold: () => [],
    slow: () => slowed(wanted / seconds),
    loop: () => looped(seconds),
    bounce: () => [
      'asplit[there][turned];[turned]areverse[back];[there][back]concat=v=0:a=1',
      ...looped(seconds * 2),
    ],
  }
  return [
    ...[`aresample=${extendRate}`, 'apad', `atrim=end=${number(seconds)}`],
    ...ways[way](),
    ...['apad', `atrim=end=${number(wanted)}`],
  ]
}

const videoFilters = (facts: ClipFacts, plan: EncodePlan, background: string): string => {
  const rate = plan.rate ? [`fps=fps=${rateOf(plan.rate)}:start_time=0`] : []
  return [
    // Without times of display the decoder counts from the first packet, some frames too early.
    ...(facts.timesRise === false ? ['setpts=PTS-STARTPTS'] : []),
    ...rate,
    ...sizeFilters(plan, background),
    ...(plan.toneMap ? toneMap : []),
    'format=yuv420p',
    ...(plan.extend && plan.rate ? extendedPicture(plan.extend, plan.rate, plan) : []),
  ].join(',')
}

const inputOf = (path: string, ...options: string[]): Conversion['inputs'] => [
  { file: asInput(path), options },
]

/** A picture that begins later than the part that ffmpeg examines would have an unknown format. */
const examined = ({ videoStart: late = 0 }: ClipFacts): string[] => {
  const microseconds = Math.ceil((late + minExamined) * 1e6)
  return late > 0 ? ['-analyzeduration', `${microseconds}`, '-probesize', `${largestExamined}`] : []
}

/** One video track, and the first audio track if there is one. */
const mapped = (track: number) => ['-map', `0:V:${track}`, '-map', '0:a:0?']

/** AAC in stereo that starts with the picture; gaps are filled with silence. */
const audio = (bitrate: string, filters: readonly string[] = []) => [
  ...['-af', ['aresample=async=1:first_pts=0', ...filters].join(',')],
  ...['-c:a', 'aac', '-b:a', bitrate, '-ac', '2'],
]

const x264 = (preset: string, crf: number, ...more: string[]) => [
  ...['-c:v', 'libx264', '-preset', preset, ...more, '-crf', `${crf}`],
]

/** An MP4 that starts to play while it loads, without metadata, chapters, subtitles and data tracks. */
const mp4 = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
  // Packets of one track wait until the first frame of the other one: one that begins late, or a hole in the sound.
  ...['-max_muxing_queue_size', '100000'],
  ...['-movflags', '+faststart', '-f', 'mp4'],
]

/**
 * An exact cut: decoding starts at the key frame before it, so that the first frame is the requested one, and
 * everything is encoded again, so that readers with and without edit lists see the same.
 */
export const encodeConversion = (
  path: string,
  facts: ClipFacts,
  plan: EncodePlan,
  background: string,
): Conversion => {
  const start = [
    ...examined(facts),
    ...(plan.start > startMargin ? ['-ss', number(plan.start - startMargin)] : []),
  ]
  const { audioSeconds, extend } = plan
  const trim = audioSeconds === null ? [] : [`atrim=end=${number(audioSeconds)}`]
  const sound = extend && audioSeconds !== null ? extendedSound(extend, audioSeconds) : trim
  return {
    inputs: inputOf(path, ...start),
    options: [
      ...mapped(plan.track),
      ...['-vf', videoFilters(facts, plan, background)],
      ...x264('veryfast', 17),
      ...['-maxrate', `${plan.maxBitrate}`],
      ...['-bufsize', `${Math.round(plan.maxBitrate * bufferSeconds)}`],
      ...(plan.frames === null ? [] : ['-frames:v', `${plan.frames}`]),
      ...(facts.audio.length > 0 ? audio('192k', sound) : ['-an']),
      ...(plan.seconds === null ? [] : ['-t', number(plan.seconds)]),
      ...mp4,
    ],
  }
}

/** Old versions of ffmpeg look for a key frame so much earlier where frames are decoded before they are shown. Seconds. */
const soughtEarlier = 0.14

/**
 * A cut that begins with a key frame: its packets as they are, and the sound encoded to the same length. The file is
 * read twice, because only the picture is sought later.
 */
export const copyCutConversion = (
  path: string,
  facts: ClipFacts,
  plan: EncodePlan,
  isReordered: boolean,
): Conversion => {
  const late = isReordered ? soughtEarlier : 0
  const from = (start: number) => (start > 0 ? ['-ss', number(start)] : [])
  const hasSound = facts.audio.length > 0
  return {
    inputs: [
      ...inputOf(path, '-itsoffset', number(late), ...from(plan.start + late)),
      ...(hasSound ? inputOf(path, ...from(plan.start)) : []),
    ],
    options: [
      ...['-map', `0:V:${plan.track}`, '-c:v', 'copy', '-frames:v', `${plan.frames}`],
      ...(hasSound
        ? [
            ...['-map', '1:a:0'],
            ...audio('192k', [`atrim=end=${number(plan.audioSeconds ?? plan.seconds ?? 0)}`]),
          ]
        : []),
      ...mp4,
    ],
  }
}

/** Audio codecs that an MP4 can hold without encoding them again. */
const copiedAudio = ['aac', 'mp3', 'ac3', 'eac3', 'alac']

/** Copies one video track and the first audio track into an MP4, if possible without encoding them again. */
export const copyConversion = (path: string, facts: ClipFacts, track = 0): Conversion => ({
  inputs: inputOf(path, ...examined(facts)),
  options: [
    ...mapped(track),
    ...['-c:v', 'copy'],
    ...(facts.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    ...(copiedAudio.includes(facts.audio[0]?.codec ?? 'aac')
      ? ['-c:a', 'copy']
      : ['-c:a', 'aac', '-b:a', '192k']),
    ...mp4,
  ],
})

/** A filter that makes pixels square, and scales the picture down to at most `side` pixels on each side. */
export const squareWithin = (side: number): string => {
  const factor = `min(1,${side}/max(iw*sar,ih))/2`
  return `scale=w='max(2,trunc(iw*sar*${factor})*2)':h='max(2,trunc(ih*${factor})*2)',setsar=1`
}

/** A small picture in colours that Chromium shows correctly. */
const previewFilters = (facts: ClipFacts, side: number): string =>
  [squareWithin(side), ...(facts.hdr ? toneMap : []), 'format=yuv420p'].join(',')

/** Longest side of the preview, in pixels. */
const proxySide = 1280

/** A preview that Chromium can play, with the timing of the source. */
export const proxyConversion = (path: string, facts: ClipFacts, track = 0): Conversion => ({
  inputs: inputOf(path, ...examined(facts)),
  options: [
    ...mapped(track),
    ...['-vf', previewFilters(facts, proxySide)],
    ...x264('ultrafast', 23),
    ...['-g', '15'],
    ...(facts.audio.length > 0 ? audio('128k') : ['-an']),
    ...mp4,
  ],
})

/** Longest side of the copy that is shown while the playhead is dragged, in pixels. */
const scrubSide = 640

/** A silent copy with the timing of the source, in which every frame is a key frame. */
export const scrubConversion = (path: string, facts: ClipFacts, track = 0): Conversion => ({
  inputs: inputOf(path),
  options: [
    ...['-map', `0:V:${track}`, '-an'],
    ...['-vf', previewFilters(facts, scrubSide)],
    ...x264('ultrafast', 25, '-tune', 'fastdecode'),
    ...['-g', '1'],
    ...mp4,
  ],
})
