import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { bundledFfmpeg } from '../../main/tools/tool-paths'
import { temporaryFolder } from './temporary-folder'

const ffmpeg = async (...args: string[]) =>
  promisify(execFile)(bundledFfmpeg(), ['-v', 'error', ...args], { encoding: 'buffer' })

/** A clip with two video tracks: red, 640 × 360, and blue, 450 × 800. */
export const makeTwoTracks = async (): Promise<string> => {
  const file = path.join(temporaryFolder(), 'two tracks.mp4')
  const picture = (colour: string, size: string) => [
    ...['-f', 'lavfi', '-t', '3', '-i', `color=${colour}:size=${size}:rate=25`],
  ]
  await ffmpeg(
    ...picture('red', '640x360'),
    ...picture('blue', '450x800'),
    ...['-map', '0:v', '-map', '1:v', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file],
  )
  return file
}

/** Whether the first frame of a file is more blue than red. */
export const isBlue = async (file: string): Promise<boolean> => {
  const { stdout } = await ffmpeg(
    ...['-i', file, '-frames:v', '1', '-vf', 'scale=1:1', '-pix_fmt', 'rgb24'],
    ...['-f', 'rawvideo', '-'],
  )
  const [red = 0, , blue = 0] = stdout
  return blue > red
}
