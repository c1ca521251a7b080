import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMediaTools } from '../../main/media/create-media-tools'
import { bundledTools } from '../../main/tools/tool-paths'
import { makeClip } from '../support/make-media'
import { type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 7

/** A frame-exact cut against the very command that it tells, run by hand, in turns. */
export const benchTrim = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const tools = createMediaTools(bundledTools)
  try {
    const path = await makeClip({
      seconds: 12,
      width: 1280,
      height: 720,
      sound: 'tone',
      keyframes: 250,
    })
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
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
