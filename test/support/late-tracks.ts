import { type ClipShape, cachedFile, ffmpeg, makeClip } from './make-media'

/** A clip whose timestamps begin the picture or the sound late. Seconds. */
export const withLateTracks = (
  shape: ClipShape,
  late: { picture?: number; sound?: number },
): Promise<string> =>
  cachedFile({ shape, late }, 'late.mp4', async (made) => {
    const source = await makeClip(shape)
    const input = (seconds = 0) => ['-itsoffset', `${seconds}`, '-i', source]
    const tracks = ['-map', '0:v', '-map', '1:a', '-c', 'copy']
    await ffmpeg(...input(late.picture), ...input(late.sound), ...tracks, made)
  })
