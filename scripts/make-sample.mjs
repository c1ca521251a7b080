import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import installer from '@ffmpeg-installer/ffmpeg'
import sharp from 'sharp'
import { frame, length, size } from './sample/scene.mjs'
import { at } from './setup/project.mjs'

/** `node scripts/make-sample.mjs` draws and encodes resources/sample.mp4 in about two minutes. */

const framesPerSecond = 25
const output = at('resources', 'sample.mp4')

/** The sound: waves of the sea and a quiet chord. */
const waves =
  'anoisesrc=c=brown:r=48000:a=0.5,lowpass=f=900,highpass=f=120,tremolo=f=0.16:d=0.75,volume=0.5'
const note = (
  /** @type {number} */ hertz,
  /** @type {number} */ loud,
  /** @type {number} */ slow,
) => `${loud}*sin(2*PI*${hertz}*t)*(0.65+0.35*sin(2*PI*${slow}*t))`
const chord = [
  note(110, 0.11, 0.11),
  note(164.81, 0.08, 0.17),
  note(220, 0.06, 0.07),
  note(277.18, 0.05, 0.13),
  note(329.63, 0.04, 0.19),
  note(493.88, 0.02, 0.23),
].join('+')
const sound =
  `[1:a]aformat=channel_layouts=mono[w];[2:a]aformat=channel_layouts=mono[c];[w][c]amix=inputs=2:duration=shortest,` +
  `volume=4,afade=t=in:d=1.5,afade=t=out:st=${length - 2}:d=2,aecho=0.8:0.6:60|110:0.25|0.18,` +
  `atrim=0:${length},aformat=sample_rates=48000:channel_layouts=stereo[a]`

const encoder = spawn(
  installer.path,
  [
    ['-hide_banner', '-loglevel', 'error', '-y'],
    ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${size.width}x${size.height}`],
    ['-r', String(framesPerSecond), '-i', 'pipe:0'],
    ['-f', 'lavfi', '-i', waves, '-f', 'lavfi', '-i', `aevalsrc=${chord}:s=48000`],
    ['-filter_complex', sound, '-map', '0:v', '-map', '[a]', '-t', String(length)],
    ['-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=lanczos,format=yuv420p'],
    ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ['-c:v', 'libx264', '-preset', 'veryslow', '-crf', '21', '-profile:v', 'high'],
    ['-x264-params', 'aq-mode=3:aq-strength=1.2:deblock=0,0'],
    ['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-map_metadata', '-1', output],
  ].flat(),
  { stdio: ['pipe', 'inherit', 'inherit'] },
)
const ended = once(encoder, 'close')
for (let index = 0; index < length * framesPerSecond; index++) {
  const pixels = await sharp(Buffer.from(frame(index / framesPerSecond)))
    .removeAlpha()
    .raw()
    .toBuffer()
  if (!encoder.stdin.write(pixels)) await once(encoder.stdin, 'drain')
}
encoder.stdin.end()
const [code] = await ended
if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
console.log(`${output}: ${((await stat(output)).size / 1_000_000).toFixed(2)} MB`)
