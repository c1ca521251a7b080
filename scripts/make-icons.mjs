import { mkdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { at } from './setup/project.mjs'

/** `node scripts/make-icons.mjs` renders every size of the icons. Run it after changing a drawing. */

const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Pixels of the tray icon at pixel densities 1, 2 and 3. */
const traySizes = /** @type {const} */ ([
  [16, ''],
  [32, '@2x'],
  [48, '@3x'],
])

/** Dots per inch at which each drawing is 1024 pixels wide. */
const density = { icon: 72, tray: 72 * 32 }

/** @param {'icon' | 'tray'} kind @param {string} svg @param {number} size @param {string} file */
const draw = (kind, svg, size, file) =>
  sharp(Buffer.from(svg), { density: density[kind] })
    .resize(size, size, { fit: 'contain' })
    .png({ compressionLevel: 9 })
    .toFile(at('resources', file))

await mkdir(at('resources', 'icon'), { recursive: true })
await mkdir(at('resources', 'tray'), { recursive: true })
const icon = await readFile(at('resources', 'icon.svg'), 'utf8')
const tray = await readFile(at('resources', 'tray.svg'), 'utf8')
for (const size of iconSizes) await draw('icon', icon, size, `icon/${size}.png`)
for (const [size, density] of traySizes) {
  await draw('tray', tray.replaceAll('currentColor', '#e8a33d'), size, `tray/tray${density}.png`)
  // macOS colours template images itself: they must be black with transparency.
  await draw(
    'tray',
    tray.replaceAll('currentColor', '#000000'),
    size,
    `tray/trayTemplate${density}.png`,
  )
}
