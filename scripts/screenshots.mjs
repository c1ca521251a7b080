import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onStage } from './screenshots/stage.mjs'
import { callersFolder } from './setup/project.mjs'
import { command, SetupError, say } from './setup/say.mjs'

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
const main = async () => {
  const [folder, last] = process.argv.slice(2)
  if (!folder) throw new SetupError('Usage: node scripts/screenshots.mjs <folder> [last scene]')
  const target = resolve(callersFolder(), folder)
  mkdirSync(target, { recursive: true })
  return onStage(
    async (stage) => {
      const { scenes } = await import('./screenshots/scenes.mjs')
      const { page } = stage
      let failed = 0
      for (const [name, set] of Object.entries(scenes)) {
        const problem = await set(stage).catch((error) => error)
        if (problem) {
          failed += 1
          say(`${name}: ${problem.message}`)
        }
        for (const look of looks) {
          await page.evaluate((choice) => window.reshoot.settings.set(choice), look)
          await page.waitForTimeout(250)
          await page.screenshot({
            path: join(target, `${name}.${look.language}-${look.theme}.png`),
          })
        }
        await page.evaluate(() => window.reshoot.settings.set({ language: 'en', theme: 'light' }))
        process.stdout.write(`${name}\n`)
        if (name === last) break
      }
      return failed > 0 ? 1 : 0
    },
    { atFirst: true },
  )
}

await command(main)
