import type { ClipFacts } from '../../../preload/contract'
import { bufferSeconds, type EncodePlan, type FrameRate, type Size } from '../../preflight'
import { asInput } from '../clips/probe'

/** Frames lie a rounding error beside the times that people and programs name: begin just before. Seconds. */
const justBefore = 0.0005

const number = (value: number) => String(Number(value.toFixed(6)))

const rateOf = ({ numerator, denominator }: FrameRate) => `${numerator}/${denominator}`

/** HDR to SDR through linear light; what a stream leaves unsaid is what HDR clips are. */
const toneMap = [
  'zscale=transfer=linear:npl=100:primariesin=bt2020:matrixin=bt2020nc:rangein=tv',
  'format=gbrpf32le',
  'zscale=primaries=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=transfer=bt709:matrix=bt709:range=tv',
]

const hex = (colour: string) => colour.replace('#', '0x')

const sized = ({ width, height }: Size) => `${width}:${height}`

/** So much smaller is the picture blurred: it costs little and looks the same. */
const blurStep = 16

/** The picture itself, enlarged and blurred, behind the picture. */
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

/** Rotation has been applied by then: ffmpeg turns the picture itself before the first filter. */
const sizeFilters = ({ fit, square, blur }: EncodePlan, background: string): string[] => {
  if (!fit) return ['setsar=1']
  const { crop, scale, pad } = fit
  const target = scale ?? (square && !crop ? square : null)
  return [
    // Anamorphic pictures are made square first, so that crop and pad count square pixels.
    ...(square && crop ? [`scale=${sized(square)}`, 'setsar=1'] : []),
    ...(crop ? [`crop=${sized(crop)}:${crop.x}:${crop.y}`] : []),
    ...(target ? [`scale=${sized(target)}:flags=lanczos`] : []),
    'setsar=1',
    ...(pad && blur ? [blurredPad(pad)] : []),
    ...(pad && !blur ? [`pad=${sized(pad)}:(ow-iw)/2:(oh-ih)/2:color=${hex(background)}`] : []),
  ]
}

const videoFilters = (plan: EncodePlan, background: string): string => {
  const rate = plan.rate ? [`fps=fps=${rateOf(plan.rate)}:start_time=0`] : []
  return [
    ...rate,
    ...sizeFilters(plan, background),
    ...(plan.toneMap ? toneMap : []),
    'format=yuv420p',
  ].join(',')
}

/** Sound starts with the picture and stays with it: holes are filled, at most two channels. */
const audioArguments = (plan: EncodePlan): string[] => [
  '-af',
  `aresample=async=1:first_pts=0${plan.audioSeconds === null ? '' : `,atrim=end=${number(plan.audioSeconds)}`}`,
  '-c:a',
  'aac',
  '-b:a',
  '192k',
  '-ac',
  '2',
]

const container = [
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-sn',
  '-dn',
  '-movflags',
  '+faststart',
  '-f',
  'mp4',
]

/**
 * Arguments that make an exact cut: decoded from the key frame before it, so that the first frame is the one
 * that was asked for, and encoded anew, so that readers with and without edit lists see the same.
 */
export const encodeArguments = (
  path: string,
  facts: ClipFacts,
  plan: EncodePlan,
  background: string,
): string[] => [
  ...(plan.start > justBefore ? ['-ss', number(plan.start - justBefore)] : []),
  '-i',
  asInput(path),
  '-map',
  `0:V:${plan.track}`,
  '-map',
  '0:a:0?',
  '-vf',
  videoFilters(plan, background),
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '17',
  '-maxrate',
  `${plan.maxBitrate}`,
  '-bufsize',
  `${Math.round(plan.maxBitrate * bufferSeconds)}`,
  ...(plan.frames === null ? [] : ['-frames:v', `${plan.frames}`]),
  ...(facts.audio.length > 0 ? audioArguments(plan) : ['-an']),
  ...(plan.seconds === null ? [] : ['-t', number(plan.seconds)]),
  ...container,
]

/** Sound that an MP4 holds as it is. */
const copied = ['aac', 'mp3', 'ac3', 'eac3', 'alac']

/** Arguments that put the first picture and sound into an MP4 as they are. */
export const copyArguments = (path: string, facts: ClipFacts, track = 0): string[] => [
  '-i',
  asInput(path),
  '-map',
  `0:V:${track}`,
  '-map',
  '0:a:0?',
  '-c:v',
  'copy',
  ...(facts.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
  ...(copied.includes(facts.audio[0]?.codec ?? 'aac')
    ? ['-c:a', 'copy']
    : ['-c:a', 'aac', '-b:a', '192k']),
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-sn',
  '-dn',
  '-movflags',
  '+faststart',
  '-f',
  'mp4',
]

/** Longest side of a preview. Pixels. */
const proxySide = 1280

/** Square pixels within a box of so many pixels a side, in colours that Chromium shows right. */
const previewFilters = (facts: ClipFacts, side: number): string =>
  [
    `scale=w='trunc(iw*max(1,sar)*min(1,${side}/max(iw*max(1,sar),ih))/2)*2':h='trunc(ih*max(1,1/sar)*min(1,${side}/max(iw*max(1,sar),ih*max(1,1/sar)))/2)*2'`,
    'setsar=1',
    ...(facts.hdr ? toneMap : []),
    'format=yuv420p',
  ].join(',')

/** Arguments of a preview that Chromium plays, in time with the source. */
export const proxyArguments = (path: string, facts: ClipFacts, track = 0): string[] => [
  '-i',
  asInput(path),
  '-map',
  `0:V:${track}`,
  '-map',
  '0:a:0?',
  '-vf',
  previewFilters(facts, proxySide),
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-crf',
  '23',
  '-g',
  '15',
  ...(facts.audio.length > 0
    ? ['-af', 'aresample=async=1:first_pts=0', '-c:a', 'aac', '-b:a', '128k', '-ac', '2']
    : ['-an']),
  ...container,
]

/** Longest side of the copy that is shown while the playhead is dragged. Pixels. */
const scrubSide = 640

/** Arguments of a silent copy, in time with the source, in which every frame is a key frame. */
export const scrubArguments = (path: string, facts: ClipFacts, track = 0): string[] => [
  '-i',
  asInput(path),
  '-map',
  `0:V:${track}`,
  '-an',
  '-vf',
  previewFilters(facts, scrubSide),
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'fastdecode',
  '-crf',
  '25',
  '-g',
  '1',
  ...container,
]
