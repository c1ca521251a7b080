import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A package that Reshoot ships, in its bundles or beside them. `text` is its licence in full.
 *
 * @typedef {{ name: string, version: string, license: string, text: string }} Notice
 */

/** @typedef {{ name?: string, version?: string, license?: string, author?: string | { name?: string } }} Manifest */

/**
 * The folder of the package that a module comes from; undefined for our own sources.
 *
 * @param {string} moduleId As the bundler gives it: a path, perhaps with a mark before and a query behind.
 */
export const packageFolder = (moduleId) => {
  const path = String(moduleId.split('?')[0]).replaceAll('\0', '').replaceAll('\\', '/')
  const mark = '/node_modules/'
  const at = path.lastIndexOf(mark)
  if (at === -1) return undefined
  const [first = '', second = ''] = path.slice(at + mark.length).split('/')
  return `${path.slice(0, at)}${mark}${first.startsWith('@') ? `${first}/${second}` : first}`
}

/** The licence files of a package, one after the other. @param {string} folder */
const ownTexts = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim())

/** @type {{ words: RegExp, file: string }[]} */
const standard = [
  { words: /^MIT$/, file: 'MIT.txt' },
  { words: /Apache-2\.0/, file: 'Apache-2.0.txt' },
  { words: /LGPL-2\.1/, file: 'LGPL-2.1.txt' },
  { words: /LGPL-3/, file: 'LGPL-3.0.txt' },
  // The LGPL 3 adds to the text of the GPL 3.
  { words: /GPL-?v?3/, file: 'GPL-3.0.txt' },
]

/**
 * The standard texts of the licences that a manifest names.
 *
 * @param {string} license @param {string} root The project's folder.
 */
const textsOf = (license, root) =>
  standard
    .filter(({ words }) => words.test(license))
    .map(({ file }) => readFileSync(join(root, 'resources', 'licences', file), 'utf8').trim())

/** Under "Licensing", the README of sharp's builds lists the libraries inside and their licences. */
const partsInside = (/** @type {string} */ folder) => {
  const readme = join(folder, 'README.md')
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : ''
  const at = text.indexOf('## Licensing')
  return at === -1 ? [] : [text.slice(at).trim()]
}

/**
 * For the packages that bring ffmpeg and ffprobe, what THIRD-PARTY.md says of these, with their sources, and the GPL:
 * their own licences may be those of the wrapper alone.
 *
 * @param {string} name @param {string} root
 */
const programsInside = (name, root) => {
  if (!/^(@ffmpeg-installer\/.+-.+|ffprobe-static)$/.test(name)) return []
  const text = readFileSync(join(root, 'THIRD-PARTY.md'), 'utf8')
  const section = text.slice(text.indexOf('## Separate programs'), text.indexOf('## Libraries'))
  return [section.trim(), ...textsOf('GPL-3', root)]
}

/** @param {Manifest} manifest */
const authorOf = ({ author }) => (typeof author === 'string' ? author : author?.name)

/**
 * The notice of an installed package.
 *
 * @param {string} folder
 * @param {string} root The project's folder.
 * @returns {Notice}
 * @throws {Error} for a package without a licence text
 */
export const noticeOf = (folder, root) => {
  const manifest = /** @type {Manifest} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  )
  const { name = '', version = '', license = '' } = manifest
  const own = ownTexts(folder)
  const author = authorOf(manifest)
  const texts = [
    ...own,
    ...partsInside(folder),
    ...programsInside(name, root),
    ...(own.length === 0 && author ? [`Copyright ${author}`] : []),
    ...(own.length === 0 || /GPL/.test(license) ? textsOf(license, root) : []),
  ]
  if (own.length === 0 && textsOf(license, root).length === 0)
    throw new Error(`${name} ${version} has no licence text (it names ${license || 'none'}).`)
  return { name, version, license, text: texts.join('\n\n') }
}

/** @typedef {{ dev?: boolean, optional?: boolean }} LockedPackage */

/**
 * The folders of the packages that are shipped beside the bundles, from the lock file: those that are not for
 * development and that are installed on this platform.
 *
 * @param {string} root
 */
export const shippedFolders = (root) => {
  const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  )
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev && existsSync(join(root, path)))
    .map(([path]) => join(root, path))
}

/**
 * Writes `notices.json` beside each bundle: the licences of every package that is in it, and of those in `others`.
 *
 * @param {string} root The project's folder.
 * @param {() => string[]} others Folders of packages.
 * @returns {import('vite').Plugin}
 */
export const notices = (root, others = () => []) => ({
  name: 'reshoot-notices',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((part) =>
      part.type === 'chunk' ? part.moduleIds : [],
    )
    const folders = new Set([...modules.flatMap((id) => packageFolder(id) ?? []), ...others()])
    const rows = [...folders].map((folder) => noticeOf(folder, root))
    rows.sort((a, b) => `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`, 'en'))
    this.emitFile({
      type: 'asset',
      fileName: 'notices.json',
      source: JSON.stringify(rows, null, 1),
    })
  },
})
