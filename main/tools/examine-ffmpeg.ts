import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Examination, isRecent } from './find-ffmpeg'
import { MediaError } from './media-error'
import { asInput } from './run-ffmpeg'
import { runTool } from './run-tool'
import { releaseIn } from './tool-version'

/** What we need and not every build has: of each row one name. */
const needed = {
  '-encoders': [['libx264'], ['aac']],
  '-filters': [['zscale'], ['tonemap']],
  // ffmpeg's own decoder of AV1 works only with a graphics card.
  '-decoders': [['libdav1d', 'libaom-av1', 'libgav1']],
}

/** Milliseconds that saying its version, and any other run, may take: a busy computer takes seconds. */
const [versionLimit, runLimit] = [5_000, 20_000]

/** Seconds and frames of the picture in the self-test. */
const [seconds, frames] = [1, 25]

/** HDR made SDR and encoded with sound, as a fix does it (main/media/prepare/ffmpeg-args.ts). */
const encode = [
  ...['-f', 'lavfi', '-i', `testsrc=s=128x72:r=${frames / seconds}:d=${seconds}`],
  ...['-f', 'lavfi', '-i', `sine=d=${seconds}`],
  '-vf',
  [
    'format=yuv420p10le',
    'setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc',
    'zscale=transfer=linear:npl=100',
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=transfer=bt709:matrix=bt709:range=tv',
    'format=yuv420p',
  ].join(','),
  ...[
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-c:a',
    'aac',
    '-movflags',
    '+faststart',
    '-f',
    'mp4',
  ],
]

/** What the ffmpeg itself did wrong; any other failure may be the computer's. */
class Fault extends Error {}

const run = async (ffmpeg: string, ...args: string[]): Promise<string> => {
  const timeout = args.includes('-version') ? versionLimit : runLimit
  const asked = ['-hide_banner', '-nostdin', '-v', 'error', ...args]
  const { code, ended, stdout, stderr } = await runTool(ffmpeg, asked, { timeout })
  if (ended === 'timeout') throw new Error(`no answer within ${timeout / 1000} s`)
  const said = lastLine(stderr) || (code === null ? 'ended by a signal' : `exit code ${code}`)
  if (code !== 0) throw /No space left/i.test(stderr) ? new Error(said) : new Fault(said)
  return stdout.toString('utf8')
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** Names in a list that ffmpeg prints: ` V....D libx264   libx264 H.264…`. */
const namesIn = (printed: string): Set<string> =>
  new Set(printed.split('\n').map((line) => line.trim().split(/\s+/)[1] ?? ''))

/** The rows of which it has nothing. */
const lackedBy = async (ffmpeg: string): Promise<string[]> => {
  const lacks = Object.entries(needed).map(async ([list, rows]) => {
    const has = namesIn(await run(ffmpeg, list))
    return rows.filter((row) => !row.some((name) => has.has(name))).map((row) => row.join(' / '))
  })
  return (await Promise.all(lacks)).flat()
}

/** Encodes a generated second to a file and decodes it again. Rejects with what went wrong. */
const selfTest = async (ffmpeg: string): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reshoot-ffmpeg-'))
  try {
    const file = path.join(folder, 'second.mp4')
    await run(ffmpeg, '-y', ...encode, file)
    const mapped = ['-map', '0:v', '-map', '0:a', '-progress', 'pipe:1', '-f', 'null', '-']
    const printed = await run(ffmpeg, '-i', asInput(file), ...mapped)
    const decoded = /.*^frame=\s*(\d+)/ms.exec(printed)?.[1] ?? 'no'
    if (decoded !== `${frames}`) throw new Fault(`${decoded} of ${frames} frames`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Asks an ffmpeg what it is and can do, and lets it prove it. Never rejects. */
export const examineFfmpeg = async (ffmpeg: string): Promise<Examination> => {
  const found: Examination = { version: null, library: [], lacks: [], fault: null, lasting: true }
  try {
    const release = releaseIn('ffmpeg', await run(ffmpeg, '-version'))
    if (!release) throw new Fault('no version')
    Object.assign(found, release)
    if (!isRecent(found.library)) return found
    found.lacks = await lackedBy(ffmpeg)
    if (found.lacks.length === 0) await selfTest(ffmpeg)
    return found
  } catch (error) {
    const said = error instanceof MediaError ? error.detail : messageOf(error)
    return { ...found, fault: lastLine(said).slice(0, 300), lasting: error instanceof Fault }
  }
}
