import type { Facts } from '../../../preload/contract'

const pictures = ['h264', 'vp8', 'vp9', 'av1']
const sounds = ['aac', 'mp3', 'opus', 'vorbis', 'flac']
const containers = ['mp4', 'mov', 'm4a', 'webm']

/**
 * Whether Chromium plays the file as it is. In doubt no: a preview made by ffmpeg always plays.
 *
 * HDR plays, but pale beside what will be sent.
 */
export const isPlayable = (facts: Facts): boolean =>
  facts.kind === 'video' &&
  facts.complete &&
  !facts.encrypted &&
  !facts.hdr &&
  containers.includes(facts.container) &&
  pictures.includes(facts.codec ?? '') &&
  facts.audio.slice(0, 1).every(({ codec }) => sounds.includes(codec))
