import { mkdirSync } from 'node:fs'
import { copyFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import installer from '@ffmpeg-installer/ffmpeg'
import { run } from '../setup/processes.mjs'
import { at } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'

const LIMIT_SECONDS = 120
const sample = at('resources', 'sample.mp4')

/** What each clip is made of: parts and shapes of the sample clip. @type {Record<string, string>} */
const clips = {
  'harbour-portrait.mp4': '-ss 2 -t 6 -vf crop=405:720,scale=1080:1920',
  'square.mp4': '-ss 5 -t 4.5 -vf crop=720:720:420:0',
  'panorama-21x9-evening-over-the-bay-take-3.mp4': '-t 8 -vf crop=1280:548,scale=1920:822',
  'IMG_4021.mov':
    '-ss 1 -t 7 -vf scale=1920:1080 -c:v libx265 -x265-params log-level=error -tag:v hvc1',
  'drone 5k.mp4': '-t 3 -vf scale=5120:2880 -preset ultrafast -r 5',
  'too short.mp4': '-t 1.2',
  'cut off.mp4': '-t 8 -movflags +faststart',
  'tiny 240.mp4': '-t 4 -vf crop=405:720,scale=240:426',
  'banner 12x1.mp4': '-t 4 -vf crop=1280:100:0:300,scale=3200:250',
  // A second track of another shape, as of another camera.
  'two cameras.mp4':
    '-t 5 -filter_complex [0:v]split[wide][close];[close]crop=405:720:200:0,hue=s=0[tall] ' +
    '-map [wide] -map [tall] -map 0:a',
  '湖边的傍晚.mp4': '-ss 4 -t 5 -vf hue=s=0.6',
}

/** Stills of the sample clip. @type {Record<string, string>} */
const images = {
  'sail.png': '-ss 4 -vf crop=420:420:160:180',
  'sunset.jpg': '-ss 12 -vf scale=1920:1080 -q:v 3',
  'reeds-transparent.png':
    '-ss 6 -vf crop=400:300:0:420,format=rgba,' +
    "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='if(gt(Y,150),255,0)'",
  'tiny.png': '-ss 6 -vf scale=160:90',
}

/** @param {string[]} args */
const ffmpeg = async (args) => {
  const { code, output } = await run(installer.path, ['-v', 'error', '-y', ...args], {
    seconds: LIMIT_SECONDS,
  })
  if (code !== 0) throw new SetupError(`A file for the screenshots could not be made:\n${output}`)
}

/**
 * Makes clips and images of many shapes, good and bad.
 *
 * @param {string} folder
 * @returns {Promise<(...names: string[]) => string[]>} paths by name
 */
export const makeFiles = async (folder) => {
  mkdirSync(folder, { recursive: true })
  const path = (/** @type {string} */ name) => join(folder, name)
  await copyFile(sample, path('sample.mp4'))
  /** @param {string} name @param {string} how @param {string[]} output */
  const make = (name, how, output) => {
    const args = how.split(' ')
    // The start is an option of the input: fast, and sound and picture stay together.
    const start = args[0] === '-ss' ? args.splice(0, 2) : []
    return ffmpeg([...start, '-i', sample, ...output, ...args, path(name)])
  }
  for (const [name, how] of Object.entries(clips))
    await make(name, how, ['-pix_fmt', 'yuv420p', '-preset', 'veryfast'])
  for (const [name, how] of Object.entries(images)) await make(name, how, ['-frames:v', '1'])
  await copyFile(path('square.mp4'), path('broken download.mp4'))
  await truncate(path('broken download.mp4'), 60_000)
  const { size } = await stat(path('cut off.mp4'))
  await truncate(path('cut off.mp4'), Math.round(size * 0.7))
  await writeFile(path('notes.txt'), 'not a clip')
  await writeFile(path('empty.mp4'), '')
  return (...names) => names.map(path)
}
