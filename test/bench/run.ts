import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { benchPhotos } from './photos'
import { benchPreflight } from './preflight'
import type { BenchRow } from './rows'
import { benchTrim } from './trim'
import { benchUpload } from './upload'

/** Every benchmark by the name it can be asked for. */
const benches: Record<string, () => Promise<BenchRow[]>> = {
  preflight: benchPreflight,
  photos: benchPhotos,
  trim: benchTrim,
  upload: benchUpload,
}

const shown = (value: number | null, unit = ''): string =>
  value === null ? '-' : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`.trim()

const isKept = ({ ratio, measured, limit }: BenchRow): boolean => (ratio ?? measured) <= limit

const line = (row: BenchRow): string =>
  [
    isKept(row) ? 'ok  ' : 'OVER',
    row.name.padEnd(58),
    shown(row.measured, row.unit).padStart(10),
    shown(row.baseline, row.unit).padStart(10),
    (row.ratio === null ? '-' : `${row.ratio.toFixed(2)} x`).padStart(8),
    `(at most ${row.ratio === null ? `${row.limit} ${row.unit}` : `${row.limit} x`})`,
  ].join('  ')

/** Runs the benchmarks that are named, else all, prints a table and writes out/bench/results.json. */
const main = async (names: readonly string[]): Promise<void> => {
  const rows: BenchRow[] = []
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    const found = await bench()
    rows.push(...found)
    for (const row of found) console.log(line(row))
  }
  const folder = join('out', 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`)
}

await main(process.argv.slice(2))
