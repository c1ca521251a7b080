import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMediaTools } from '../../main/media/create-media-tools'
import { bundledTools } from '../../main/tools/tool-paths'
import type { Remedy } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 7
const tools = createMediaTools(bundledTools)

/** A frame-exact cut against the very command that it tells, run by hand, in turns. */
export const benchTrim = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  try {
    const path = await makeClip({
      seconds: 12,
      width: 1280,
      height: 720,
      sound: 'tone',
      keyframes: 250,
    })
    const copied = await benchCopy(folder)
    const facts = await tools.inspect(path)
    const output = join(folder, 'cut.mp4')
    const preparation = {
      path,
      facts,
      selection: { start: 3.3, end: 8.3 },
      remedies: [],
      background: '#000000',
    }
    const cut = () => tools.prepare(preparation, output)
    const { command } = await cut()
    const times: { ours: number[]; byHand: number[] } = { ours: [], byHand: [] }
    for (let round = 0; round < rounds; round++) {
      times.byHand.push(await timed(() => run('/bin/sh', ['-c', command])))
      times.ours.push(await timed(cut))
    }
    return [
      compared(
        'frame-exact cut against the same command by hand',
        median(times.ours),
        median(times.byHand),
        1.1,
        'ms',
      ),
      copied,
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A cut that begins with a key frame, copied, against the same cut encoded, in turns. */
const benchCopy = async (folder: string): Promise<BenchRow> => {
  const path = await makeClip({
    ...{ seconds: 12, width: 1920, height: 1080, sound: 'tone' as const },
    ...{ keyframes: 30, bFrames: 0, bitrate: '12M' },
  })
  const facts = await tools.inspect(path)
  const selection = { start: 1, end: 11 }
  const cut = (remedies: readonly Remedy[]) =>
    tools.prepare(
      { path, facts, selection, remedies, background: '#000000' },
      join(folder, 'copied.mp4'),
    )
  if (!(await cut([])).command.includes('-c:v copy')) throw new Error('the cut was not copied')
  const times: { copied: number[]; encoded: number[] } = { copied: [], encoded: [] }
  for (let round = 0; round < rounds; round++) {
    times.encoded.push(await timed(() => cut(['re-encode'])))
    times.copied.push(await timed(() => cut([])))
  }
  const [measured, baseline] = [median(times.copied), median(times.encoded)]
  return compared(
    'cut that begins with a key frame against encoding',
    measured,
    baseline,
    0.1,
    'ms',
  )
}
