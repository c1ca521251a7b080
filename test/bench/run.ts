import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { benchDamaged } from './damaged'
import { benchDownload } from './download'
import { benchFilmstrip } from './filmstrip'
import { benchIdle } from './idle'
import { benchImages } from './images'
import { benchPackaged } from './packaged'
import { benchPhotos } from './photos'
import { benchPreflight } from './preflight'
import type { BenchRow } from './rows'
import { benchScrub } from './scrub'
import { benchSecondCheck } from './second-check'
import { benchStartup } from './startup'
import { benchTerminal } from './terminal'
import { benchTrim } from './trim'
import { benchUpload } from './upload'

/** Every benchmark by the name it can be asked for. */
const benches: Record<string, () => Promise<BenchRow[]>> = {
  startup: benchStartup,
  idle: benchIdle,
  packaged: benchPackaged,
  preflight: benchPreflight,
  terminal: benchTerminal,
  images: benchImages,
  second: benchSecondCheck,
  filmstrip: benchFilmstrip,
  photos: benchPhotos,
  damaged: benchDamaged,
  scrub: benchScrub,
  trim: benchTrim,
  upload: benchUpload,
  download: benchDownload,
}

const figure = (value: number | null, unit: string): string =>
  value === null ? '' : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`

const isKept = ({ ratio, measured, limit }: BenchRow): boolean => (ratio ?? measured) <= limit

const columns = [60, 10, 10, 8, 8] as const

/** The name at the left, the figures at the right of their columns. */
const tableLine = (cells: readonly string[], verdict: string): string =>
  [
    ...columns.map((width, at) =>
      at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width),
    ),
    verdict,
  ]
    .join('  ')
    .trimEnd()

const line = (row: BenchRow): string =>
  tableLine(
    [
      row.name,
      figure(row.measured, row.unit),
      figure(row.baseline, row.unit),
      row.ratio === null ? '' : `${row.ratio.toFixed(2)} x`,
      row.ratio === null ? figure(row.limit, row.unit) : `${row.limit} x`,
    ],
    isKept(row) ? 'ok' : 'MISSED',
  )

const machine = () => ({
  platform: `${process.platform} ${process.arch}`,
  processor: cpus()[0]?.model ?? 'unknown',
  parallelism: availableParallelism(),
  electron: process.versions['electron'] ?? null,
  node: process.versions.node,
})

/**
 * Runs the benchmarks that are named, else all; prints a table and writes bench-results/bench.json.
 *
 * Gives the exit status: a missed limit is marked, for a busy machine misses them too; only what could not be run is
 * a failure.
 */
const main = async (names: readonly string[]): Promise<number> => {
  const unknown = names.filter((name) => !(name in benches))
  if (unknown.length > 0) {
    console.error(
      `No benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`,
    )
    return 2
  }
  const rows: BenchRow[] = []
  const failures: { name: string; message: string }[] = []
  console.log(tableLine(['', 'measured', 'baseline', 'ratio', 'at most'], ''))
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    try {
      const found = await bench()
      rows.push(...found)
      for (const row of found) console.log(line(row))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      failures.push({ name, message })
      console.log(`${name} could not be run: ${message}`)
    }
  }
  await mkdir('bench-results', { recursive: true })
  const file = join('bench-results', 'bench.json')
  const kept = rows.map((row) => ({ ...row, kept: isKept(row) }))
  const report = { at: new Date().toISOString(), machine: machine(), rows: kept, failures }
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
  const missed = rows.filter((row) => !isKept(row)).length
  console.log(`\n${rows.length - missed} of ${rows.length} within their limits. Written to ${file}`)
  return failures.length > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
