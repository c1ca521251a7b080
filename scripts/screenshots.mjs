import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { callersFolder } from './setup/project.mjs'
import { prepareAndBuild } from './setup/ready.mjs'
import { command, SetupError, say } from './setup/say.mjs'

/** How long a scene may take, in milliseconds: some wait for edits. */
const SCENE_LIMIT = 120_000

const looks = /** @type {const} */ ([
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark' },
  { language: 'zh', theme: 'light' },
  { language: 'zh', theme: 'dark' },
])

/**
 * `node scripts/screenshots.mjs <folder> [last scene]`: takes every screen of the real window in both languages and
 * themes, with clips of many shapes and edits by the Sandbox; <scene>.<language>-<theme>.png.
 */
async function main() {
  const [folder, last] = process.argv.slice(2)
  if (!folder) throw new SetupError('Usage: node scripts/screenshots.mjs <folder> [last scene]')
  const target = resolve(callersFolder(), folder)
  mkdirSync(target, { recursive: true })
  const executable = await prepareAndBuild()
  if (!hasDisplay()) Object.assign(process.env, (await startVirtualDisplay()).environment)
  // Loaded late, because they need packages that may just have been installed.
  const { openWindow } = await import('./demo/window.mjs')
  const { makeFiles } = await import('./screenshots/files.mjs')
  const { scenes } = await import('./screenshots/scenes.mjs')
  const scratch = mkdtempSync(join(tmpdir(), 'reshoot-screenshots-'))
  const file = await makeFiles(join(scratch, 'clips'))
  const { page, resize, close } = await openWindow(executable, join(scratch, 'home'))
  page.setDefaultTimeout(SCENE_LIMIT)
  let failed = 0
  try {
    for (const { name, set } of scenes) {
      const problem = await set({ page, file, resize }).catch((error) => error)
      if (problem) {
        failed += 1
        say(`${name}: ${problem.message}`)
      }
      for (const look of looks) {
        await page.evaluate((choice) => window.reshoot.settings.set(choice), look)
        await page.waitForTimeout(250)
        await page.screenshot({ path: join(target, `${name}.${look.language}-${look.theme}.png`) })
      }
      await page.evaluate(() => window.reshoot.settings.set({ language: 'en', theme: 'light' }))
      process.stdout.write(`${name}\n`)
      if (name === last) break
    }
  } finally {
    await close()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  return failed > 0 ? 1 : 0
}

await command(main)
