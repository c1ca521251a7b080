import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { alone, type BenchRow, compared } from './rows'
import { type Candidate, makeBareApp, open, reshoot } from './windows'

/** Milliseconds after which a start is over, with the search for an ffmpeg; and for which the app is watched then. */
const settled = 20_000
const watched = 10_000
/** Milliseconds for counting its processes before it quits, and for these to end. */
const grace = 2_000

/**
 * Loaded into both apps: counts how often timers fire while nothing happens, by the place that sets them, says so with
 * the memory, and quits.
 */
const watch = `
  const { app } = require('electron')
  const { createHook } = require('node:async_hooks')
  const timers = new Map()
  const fired = new Map()
  createHook({
    init: (id, type) => { if (type === 'Timeout') timers.set(id, new Error().stack) },
    before: (id) => {
      const place = timers.get(id)
      if (place) fired.set(place, (fired.get(place) ?? 0) + 1)
    },
    destroy: (id) => timers.delete(id),
  }).enable()
  app.once('browser-window-created', () => setTimeout(() => {
    fired.clear()
    setTimeout(async () => {
      const most = Math.max(0, ...fired.values())
      const memory = await process.getProcessMemoryInfo()
      process.stdout.write('idle ' + JSON.stringify({ most, kilobytes: memory.private }) + '\\n')
      setTimeout(() => app.quit(), ${grace})
    }, ${watched})
  }, ${settled}))
`

/** The process and all that it and they have started, from /proc. */
const familyOf = (root: number): number[] => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The second field is a name in brackets, which may contain anything.
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        return [{ id: Number(name), parent }]
      } catch {
        return [] // it has ended
      }
    })
  const family = [root]
  for (const member of family)
    family.push(...parents.filter(({ parent }) => parent === member).map(({ id }) => id))
  return family
}

const isThere = (id: number): boolean => {
  try {
    // A zombie has ended: only its parent has not asked how.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'))
  } catch {
    return false
  }
}

interface Idle {
  /** How often the most frequent timer of the main process fired. */
  most: number
  /** Private memory of the main process. */
  kilobytes: number
  processes: number
  /** Processes that were still there after the end. */
  left: number
}

const watchIdle = async (candidate: Candidate, hook: string): Promise<Idle> => {
  const { child, said } = open(candidate, hook)
  let family: number[] = []
  child.stdout.on('data', (text: string) => {
    if (text.includes('idle ')) family = familyOf(child.pid ?? 0)
  })
  const line = /idle (.+)/.exec(await said)?.[1]
  if (!line) throw new Error(`The window with ${candidate.element} did not stay`)
  await pause(grace)
  const found: Pick<Idle, 'most' | 'kilobytes'> = JSON.parse(line)
  return { ...found, processes: family.length, left: family.filter(isThere).length }
}

/** An empty window that nobody uses, against a window with one button of the same Electron. Linux only. */
export const benchIdle = async (): Promise<BenchRow[]> => {
  if (process.platform !== 'linux') return []
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const hook = join(folder, 'watch.cjs')
  try {
    await writeFile(hook, watch)
    const makeBare = await makeBareApp(join(folder, 'bare'))
    const bare = await watchIdle(makeBare(join(folder, 'home-bare')), hook)
    const ours = await watchIdle(reshoot(join(folder, 'home')), hook)
    const megabytes = (kilobytes: number) => kilobytes / 1000
    return [
      alone('own memory of the idle main process', megabytes(ours.kilobytes), 120, 'MB'),
      compared(
        'the same against a bare window',
        megabytes(ours.kilobytes),
        megabytes(bare.kilobytes),
        2.5,
        'MB',
      ),
      alone('its most frequent timer, firings in 10 s', ours.most, 10, ''),
      compared('processes when idle against a bare window', ours.processes, bare.processes, 1, ''),
      alone('processes left after quitting', ours.left, 0, ''),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
