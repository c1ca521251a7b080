import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { bundledFfmpeg } from '../../main/tools/tool-paths'

const run = promisify(execFile)

/** A clip to be made by the bundled ffmpeg. Everything has a default: `makeClip()` passes preflight. */
export interface ClipShape {
  /** Default 3. */
  seconds?: number
  /** Frames per second, also as '30000/1001'. Default 30. */
  rate?: number | string
  /** Stored pixels. Default 320 × 240. */
  width?: number
  height?: number
  codec?: 'h264' | 'hevc' | 'prores' | 'dnxhd' | 'mpeg4' | 'vp9' | 'av1' | 'mjpeg' | 'none'
  pixelFormat?: string
  /**
   * 'test' is ffmpeg's test card, 'numbered' carries each frame's number as ten vertical bars (see frame-numbers.ts),
   * 'flash' is black with one white frame at every whole second, 'noise' hardly compresses.
   */
  picture?: 'test' | 'numbered' | 'flash' | 'noise' | 'black'
  /** 'tone' is a sine, 'beeps' sounds for 50 ms at every whole second. Default none. */
  sound?: 'none' | 'tone' | 'beeps'
  audioCodec?: 'aac' | 'mp3' | 'opus' | 'pcm_s16le'
  /** Seconds of sound; default as long as the picture. */
  soundSeconds?: number
  /** Degrees clockwise by which players turn it, stored as display matrix. */
  rotation?: 0 | 90 | 180 | 270
  /** Sample aspect ratio, for example '4/3'. */
  sar?: string
  /** Drops frames irregularly. */
  variableRate?: boolean
  /** Marks it as PQ or HLG. */
  hdr?: 'pq' | 'hlg'
  bitrate?: string
  /** Distance of key frames in frames. */
  keyframes?: number
  bFrames?: number
  fragmented?: boolean
  /** The index before the data. */
  faststart?: boolean
  /** Encrypted with cenc. */
  encrypted?: boolean
  /** A second video track. */
  twoTracks?: boolean
  coverArt?: boolean
  /** Seconds that an edit list hides at the beginning. */
  hidden?: number
  /** A track of time codes. */
  timecode?: boolean
  /** Seconds by which the picture begins later than the sound; negative if it begins earlier. */
  late?: number
  /** Overwrites the data of an MP4 with bytes from which no decoder gets a frame. From and to, as fractions. */
  spoilt?: readonly [from: number, to: number]
  /** Keeps only this part of the bytes (0..1). */
  keep?: number
  /** Extension and thereby the container: '.mp4' (default), '.mov', '.mkv', '.webm', '.avi', '.3gp', '.m4a', '.ts'. */
  extension?: string
  /** Major brand, for example 'M4V '. */
  brand?: string
  /** File name; default is made from the shape. */
  name?: string
}

const folderOf = (key: string) =>
  join(
    process.env['RESHOOT_TEST_CACHE'] ?? tmpdir(),
    `reshoot-test-media-${process.getuid?.() ?? 'user'}`,
    key,
  )

/**
 * Makes a file once for each recipe. The temporary folder keeps it for other tests and runs.
 *
 * Tests must not change the file: copy it first.
 */
export const cachedFile = async (
  recipe: unknown,
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> => {
  const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16)
  const path = join(folderOf(key), name)
  if (await stat(path).catch(() => null)) return path
  await mkdir(folderOf(key), { recursive: true })
  const temporary = join(
    folderOf(key),
    `${process.pid}-${Math.random().toString(36).slice(2)}${extname(name)}`,
  )
  await make(temporary)
  await rename(temporary, path)
  return path
}

/** Runs the bundled ffmpeg. Rejects with its error output. */
export const ffmpeg = async (...args: string[]): Promise<void> => {
  await run(bundledFfmpeg(), ['-v', 'error', '-nostdin', '-y', ...args], {
    maxBuffer: 1 << 24,
    timeout: 200_000,
  })
}

/** Runs the bundled ffmpeg and gives its standard output. */
export const ffmpegOutput = async (...args: string[]): Promise<Buffer> => {
  const { stdout } = await run(bundledFfmpeg(), ['-v', 'error', '-nostdin', ...args, '-'], {
    maxBuffer: 1 << 29,
    timeout: 200_000,
    encoding: 'buffer',
  })
  return stdout
}

/** Draws one pixel a bar and scales it up: drawing large frames pixel by pixel is slow. */
const bars = (shape: { width: number; height: number; rate: number | string; seconds: number }) =>
  `color=c=black:s=10x2:r=${shape.rate}:d=${shape.seconds},format=yuv444p,` +
  "geq=lum='16+219*mod(floor(N/pow(2,X)),2)':cb=128:cr=128," +
  `scale=${shape.width}:${shape.height}:flags=neighbor,setsar=1,format=yuv420p`

const pictures = (
  shape: Required<Pick<ClipShape, 'seconds' | 'rate' | 'width' | 'height'>> & ClipShape,
) => {
  const size = `s=${shape.width}x${shape.height}:r=${shape.rate}:d=${shape.seconds}`
  const black = `color=c=black:${size}`
  if (shape.picture === 'numbered') return bars(shape)
  if (shape.picture === 'flash')
    return `${black},format=yuv420p,geq=lum='if(lt(mod(T+0.0001\\,1)\\,0.0201)\\,235\\,16)':cb=128:cr=128`
  if (shape.picture === 'noise') return `${black},format=yuv420p,noise=alls=100:allf=t`
  return shape.picture === 'black' ? black : `testsrc=${size}`
}

const videoArguments = (shape: ClipShape): string[] => {
  const codec = shape.codec ?? 'h264'
  const extra = [
    ...(shape.keyframes ? ['-g', `${shape.keyframes}`] : []),
    ...(shape.bFrames === undefined ? [] : ['-bf', `${shape.bFrames}`]),
    ...(shape.bitrate ? ['-b:v', shape.bitrate] : []),
    ...(shape.hdr
      ? [
          '-color_primaries',
          'bt2020',
          '-colorspace',
          'bt2020nc',
          '-color_trc',
          shape.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67',
        ]
      : []),
  ]
  const x265 = shape.hdr
    ? `log-level=error:colorprim=bt2020:colormatrix=bt2020nc:transfer=${shape.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67'}`
    : 'log-level=error'
  switch (codec) {
    case 'h264':
      return [
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        shape.pixelFormat ?? 'yuv420p',
        ...extra,
      ]
    case 'hevc':
      return [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-x265-params',
        x265,
        '-tag:v',
        'hvc1',
        '-pix_fmt',
        shape.pixelFormat ?? (shape.hdr ? 'yuv420p10le' : 'yuv420p'),
        ...extra,
      ]
    case 'prores':
      return ['-c:v', 'prores', '-pix_fmt', 'yuv422p10le', ...extra]
    case 'vp9':
      return [
        '-c:v',
        'libvpx-vp9',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
        '-pix_fmt',
        'yuv420p',
        ...extra,
      ]
    case 'dnxhd':
      return ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-pix_fmt', 'yuv422p', ...extra]
    case 'av1':
      return [
        '-c:v',
        'libaom-av1',
        '-strict',
        'experimental',
        '-cpu-used',
        '8',
        '-b:v',
        '300k',
        '-pix_fmt',
        'yuv420p',
        ...extra,
      ]
    case 'mpeg4':
      return ['-c:v', 'mpeg4', '-q:v', '5', '-pix_fmt', 'yuv420p', ...extra]
    case 'mjpeg':
      return ['-c:v', 'mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj420p', ...extra]
    case 'none':
      return ['-vn']
  }
}

const audioSource = (shape: ClipShape, seconds: number) =>
  shape.sound === 'beeps'
    ? `aevalsrc='if(lt(mod(t\\,1)\\,0.05)\\,0.8*sin(2*PI*1000*t)\\,0)':s=48000:d=${seconds}`
    : `sine=f=440:r=48000:d=${seconds}`

const audioArguments = (shape: ClipShape) => {
  const codec = { aac: 'aac', mp3: 'libmp3lame', opus: 'libopus', pcm_s16le: 'pcm_s16le' }[
    shape.audioCodec ?? 'aac'
  ]
  return ['-c:a', codec, '-strict', 'experimental']
}

const encode = async (shape: ClipShape, output: string) => {
  const full = {
    ...shape,
    seconds: shape.seconds ?? 3,
    rate: shape.rate ?? 30,
    width: shape.width ?? 320,
    height: shape.height ?? 240,
  }
  const sounds = shape.sound !== undefined && shape.sound !== 'none'
  const hasPicture = shape.codec !== 'none'
  const filters = [
    ...(shape.variableRate ? ["select='not(mod(floor(n/7),3))+not(mod(n,2))'"] : []),
    ...(shape.sar ? [`setsar=${shape.sar}`] : []),
  ]
  await ffmpeg(
    ...(hasPicture ? ['-f', 'lavfi', '-i', pictures(full)] : []),
    ...(sounds
      ? ['-f', 'lavfi', '-i', audioSource(shape, shape.soundSeconds ?? full.seconds)]
      : []),
    ...(shape.coverArt ? ['-f', 'lavfi', '-i', 'color=c=red:s=100x100:d=0.04'] : []),
    ...(hasPicture ? ['-map', '0:v'] : []),
    ...(shape.twoTracks ? ['-map', '0:v'] : []),
    ...(sounds ? ['-map', `${hasPicture ? 1 : 0}:a`] : []),
    ...(shape.coverArt ? ['-map', `${sounds ? 2 : 1}:v`] : []),
    ...(filters.length > 0 ? ['-filter:v:0', filters.join(','), '-vsync', 'vfr'] : []),
    ...videoArguments(shape),
    ...(shape.coverArt
      ? ['-c:v:1', 'mjpeg', '-pix_fmt:v:1', 'yuvj420p', '-disposition:v:1', 'attached_pic']
      : []),
    ...(sounds ? audioArguments(shape) : []),
    ...(shape.brand ? ['-brand', shape.brand] : []),
    ...(shape.timecode ? ['-timecode', '01:00:00:00'] : []),
    ...(shape.encrypted
      ? [
          '-encryption_scheme',
          'cenc-aes-ctr',
          '-encryption_key',
          '76a6c65c5ea762046bd749a2e632ccbb',
          '-encryption_kid',
          'a7e61c373e219033c21091fa607bf3b8',
        ]
      : []),
    ...(shape.fragmented ? ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] : []),
    ...(shape.faststart ? ['-movflags', '+faststart'] : []),
    output,
  )
}

/** Replaces a file by a stream copy made with further arguments. */
const recopy = async (path: string, before: string[], after: string[]) => {
  const copy = `${path}.copy${extname(path)}`
  // A late picture is otherwise not found.
  const examined = ['-analyzeduration', '60M', '-probesize', '200M']
  await ffmpeg(...examined, ...before, '-i', path, '-map', '0', '-c', 'copy', ...after, copy)
  await rename(copy, path)
}

const delayPicture = async (path: string, seconds: number) => {
  const copy = `${path}.copy${extname(path)}`
  const from = (late: number) => ['-itsoffset', `${Math.max(0, late)}`, '-i', path]
  const both = [...from(seconds), ...from(-seconds)]
  await ffmpeg(...both, '-map', '0:v', '-map', '1:a', '-c', 'copy', copy)
  await rename(copy, path)
}

const spoil = async (path: string, [from, to]: readonly [number, number]) => {
  const bytes = await readFile(path)
  const data = bytes.indexOf('mdat') + 4
  const length = bytes.readUInt32BE(data - 8) - 8
  for (let at = Math.floor(length * from); at < length * to; at++)
    bytes[data + at] = ((at * 7919) >> 3) & 255
  await writeFile(path, bytes)
}

/** Makes a clip and gives its path. Equal shapes share a file. */
export const makeClip = async (shape: ClipShape = {}): Promise<string> => {
  const name = shape.name ?? `clip${shape.extension ?? '.mp4'}`
  const extension = shape.extension ?? '.mp4'
  return cachedFile({ clip: 4, shape }, name, async (path) => {
    const made = `${path}${extension}`
    await encode(shape, made)
    if (shape.hidden) await recopy(made, ['-ss', `${shape.hidden}`], [])
    if (shape.late) await delayPicture(made, shape.late)
    // This ffmpeg (2018) writes the opposite rotation.
    if (shape.rotation)
      await recopy(made, [], ['-metadata:s:v:0', `rotate=${360 - shape.rotation}`])
    if (shape.spoilt) await spoil(made, shape.spoilt)
    if (shape.keep !== undefined)
      await truncate(made, Math.floor((await stat(made)).size * shape.keep))
    await rename(made, path)
    await rm(`${made}.copy${extension}`, { force: true })
  })
}
