import { mkdtempSync, rmSync } from 'node:fs'
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
 */
export const onStage = async (work) => {
  const executable = await prepareAndBuild()
  await useDisplay()
  // Loaded late, because they need packages that may just have been installed.
  const { openWindow } = await import('../demo/window.mjs')
  const { makeFiles } = await import('./files.mjs')
  const scratch = mkdtempSync(join(tmpdir(), 'reshoot-screenshots-'))
  const file = await makeFiles(join(scratch, 'clips'))
  const home = join(scratch, 'home')
  const { page, resize, close } = await openWindow(executable, home)
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
