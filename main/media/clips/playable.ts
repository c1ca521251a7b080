import type { Facts } from '../../../preload/contract'

const videoCodecs = ['h264', 'vp8', 'vp9', 'av1']
const audioCodecs = ['aac', 'mp3', 'opus', 'vorbis', 'flac']
const soundFormats = ['wav', 'mp3', 'flac', 'ogg']
const containers = ['mp4', 'mov', 'm4a', 'webm']

/**
 * Whether Chromium can play the file itself. False in doubt, because a preview made by ffmpeg always plays.
 *
 * HDR counts as not playable: it looks pale beside what will be sent.
 */
export const isPlayable = (facts: Facts): boolean =>
  facts.kind === 'sound'
    ? facts.decodes && soundFormats.includes(facts.format)
    : isPlayableClip(facts)

const isPlayableClip = (facts: Facts): boolean =>
  facts.kind === 'video' &&
  facts.complete &&
  !facts.encrypted &&
  !facts.hdr &&
  containers.includes(facts.container) &&
  videoCodecs.includes(facts.codec ?? '') &&
  facts.audio.slice(0, 1).every(({ codec }) => audioCodecs.includes(codec))
