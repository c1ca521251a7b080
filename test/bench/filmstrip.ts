import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createMediaTools } from '../../main/media/create-media-tools'
import { filmstripShape } from '../../main/media/previews/filmstrip'
import { bundledFfmpeg, bundledTools } from '../../main/tools/tool-paths'
import { makeClip } from '../support/make-media'
import { alone, type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 3

/** The filmstrip of ten seconds in 4K: when its first tile is there, and all of it against one plain pass. */
export const benchFilmstrip = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const tools = createMediaTools(bundledTools)
  try {
    const path = await makeClip({ seconds: 10, width: 3840, height: 2160, rate: 30 })
    const facts = await tools.inspect(path)
    const { count, duration } = filmstripShape(facts) ?? { count: 20, duration: 10 }
    const filters = `fps=${count}/${duration},scale=160:90,tile=${count}x1`
    const plain = () =>
      run(bundledFfmpeg(), [
        ...['-v', 'error', '-nostdin', '-y', '-i', path, '-an', '-vf', filters],
        ...['-frames:v', '1', join(folder, 'plain.jpg')],
      ])
    const times: { ours: number[]; plain: number[]; first: number[] } = {
      ours: [],
      plain: [],
      first: [],
    }
    for (let round = 0; round < rounds; round++) {
      times.plain.push(await timed(plain))
      const start = performance.now()
      let first = Number.POSITIVE_INFINITY
      const onTiles = () => {
        first = Math.min(first, performance.now() - start)
      }
      const tiles = { prefix: join(folder, `${round}-`), onTiles }
      const output = join(folder, `${round}.jpg`)
      times.ours.push(await timed(() => tools.filmstrip(path, facts, output, { tiles })))
      times.first.push(first)
    }
    return [
      alone('first tile of the filmstrip of 10 s in 4K', median(times.first), 300, 'ms'),
      compared(
        'all of that filmstrip against one plain pass',
        median(times.ours),
        median(times.plain),
        1.2,
        'ms',
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
