import dataUrl from './watermark.png?inline'

/**
 * "Sandbox · not AI" in white with a dark edge, as a PNG of 272 × 44 pixels.
 *
 * Not drawtext: a custom ffmpeg may lack that filter, and a machine may lack fonts.
 */
export const watermark = {
  width: 272,
  height: 44,
  png: () => Buffer.from(dataUrl.replace(/^.*,/, ''), 'base64'),
}
