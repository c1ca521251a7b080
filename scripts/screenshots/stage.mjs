import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useDisplay } from '../setup/display.mjs'
import { prepareAndBuild } from '../setup/ready.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ page: Page, file: (...names: string[]) => string[], resize: (width: number, height: number) => Promise<void>, library: { hide: () => Promise<void>, restore: () => Promise<void> } }} Stage */

/** Milliseconds that one step may take: some wait for edits. */
const STEP_LIMIT = 120_000

/**
 * Builds the app, opens its window on a new home, and makes files to show; removes all of it afterwards.
 *
 * @template T
 * @param {(stage: Stage) => Promise<T>} work
 * @param {{ atFirst?: boolean }} options Whether to stay on the first screen, with a queue that is paused.
 */
export const onStage = async (work, { atFirst = false } = {}) => {
  const executable = await prepareAndBuild()
  await useDisplay()
  // Loaded late, because they need packages that may just have been installed.
  const { openWindow } = await import('../demo/window.mjs')
  const { makeFiles } = await import('./files.mjs')
  const scratch = mkdtempSync(join(tmpdir(), 'reshoot-screenshots-'))
  const file = await makeFiles(join(scratch, 'clips'))
  const home = join(scratch, 'home')
  if (atFirst) {
    mkdirSync(home)
    const crashed = [3, 2, 1].map((minutes) => Date.now() - minutes * 60_000)
    await writeFile(join(home, 'starts.json'), JSON.stringify({ crashed, started: null }))
  }
  const { page, resize, close } = await openWindow(executable, home, { welcome: atFirst })
  const [folder, hidden] = [join(home, 'library'), join(home, 'hidden')]
  /** A folder that no result can be saved to holds jobs. */
  const library = {
    hide: async () => {
      await rename(folder, hidden)
      await writeFile(folder, '')
    },
    restore: async () => {
      await rm(folder)
      await rename(hidden, folder)
    },
  }
  page.setDefaultTimeout(STEP_LIMIT)
  try {
    return await work({ page, file, resize, library })
  } finally {
    await close()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}
