import { sharedTexts } from '../../preload/contract/language'

const known: Readonly<Record<string, string>> = sharedTexts.en.content

/** The key under which the language tables name what a file is; null stands for what cannot be told. */
export const contentKey = (what: string | null): string =>
  `content.${what !== null && Object.hasOwn(known, what) ? what : 'unknown'}`

const codecs: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  mjpeg: 'MJPEG',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  mpeg1video: 'MPEG-1',
  h263: 'H.263',
  theora: 'Theora',
}

/** ffprobe's codec name as people write it. */
export const codecName = (codec: string | null): string =>
  codec === null ? '?' : (codecs[codec] ?? codec)
