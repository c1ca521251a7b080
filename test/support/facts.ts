import { checkFile } from '../../main/preflight'
import type { ClipFacts, ImageFacts, MediaItem, SoundFacts } from '../../preload/contract'

/** Facts of a clip that passes every rule, with changes. */
export const clipFactsWith = (change: Partial<ClipFacts> = {}): ClipFacts => {
  const duration = change.duration === undefined ? 6 : change.duration
  return {
    kind: 'video',
    container: 'mp4',
    brand: 'isom',
    durations: { container: duration, video: duration, ignoringEdits: duration },
    width: 1280,
    height: 720,
    codedWidth: 1280,
    codedHeight: 720,
    rotation: 0,
    sar: '1:1',
    codec: 'h264',
    frameRate: 30,
    variableFrameRate: false,
    hdr: false,
    audio: [{ codec: 'aac', channels: 2, sampleRate: 48_000 }],
    bytes: 1_000_000,
    videoTracks: 1,
    encrypted: false,
    complete: true,
    ...change,
    duration,
  }
}

export const imageFactsWith = (change: Partial<ImageFacts> = {}): ImageFacts => ({
  kind: 'image',
  format: 'jpeg',
  width: 800,
  height: 600,
  orientation: 1,
  frames: 1,
  alpha: false,
  transparent: false,
  colourSpace: 'srgb',
  bytes: 100_000,
  decodes: true,
  ...change,
})

/** Facts of a sound that passes every rule, with changes. */
export const soundFactsWith = (change: Partial<SoundFacts> = {}): SoundFacts => ({
  kind: 'sound',
  format: 'wav',
  codec: 'pcm_s16le',
  duration: 5,
  channels: 2,
  sampleRate: 48_000,
  peak: -3,
  complete: true,
  decodes: true,
  bytes: 900_000,
  ...change,
})

/** A checked item of the catalog. */
export const itemWith = (
  id: string,
  facts: MediaItem['facts'],
  change: Partial<MediaItem> = {},
): MediaItem => {
  const name = facts?.kind === 'image' ? `${id}.jpg` : `${id}.mp4`
  return {
    id,
    name,
    folder: '~',
    bytes: facts?.bytes ?? null,
    addedAt: 0,
    state: 'checked',
    report: facts && checkFile(facts, name),
    facts,
    posterUrl: null,
    playable: true,
    ...change,
  }
}
