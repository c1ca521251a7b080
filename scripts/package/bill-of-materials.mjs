import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, npmReason } from '../setup/dependencies.mjs'
import { root } from '../setup/project.mjs'
import { SetupError } from '../setup/say.mjs'

/** @typedef {import('../build/notices.mjs').Notice} Notice */
/** @typedef {{ name: string, version: string, group?: string, 'bom-ref': string, type: string }} Component */
/**
 * @typedef {{
 *   metadata?: { component?: { 'bom-ref'?: string, name?: string } },
 *   components: Component[],
 *   dependencies?: { ref: string, dependsOn?: string[] }[],
 * }} Bill
 */

const bundles = ['main', 'preload', 'renderer']

/** The packages that are shipped, from the build. @param {string} out @returns {Notice[]} */
export const shipped = (out) =>
  bundles.flatMap((bundle) => JSON.parse(readFileSync(join(out, bundle, 'notices.json'), 'utf8')))

/**
 * Of npm's bill, what is shipped; and Electron.
 *
 * @param {Bill} bill npm's, of all packages
 * @param {readonly Notice[]} notices
 * @param {string} electron Its version.
 */
export const onlyShipped = (bill, notices, electron) => {
  const wanted = new Set(notices.map(({ name, version }) => `${name}@${version}`))
  const components = bill.components.filter(({ group, name, version }) =>
    wanted.has(`${group ? `${group}/` : ''}${name}@${version}`),
  )
  const kept = new Set([
    ...components.map((component) => component['bom-ref']),
    bill.metadata?.component?.['bom-ref'],
  ])
  const dependencies = (bill.dependencies ?? [])
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({
      ref,
      dependsOn: dependsOn.filter((one) => kept.has(one)),
    }))
  return {
    ...bill,
    // npm takes the name of the folder.
    metadata: { ...bill.metadata, component: { ...bill.metadata?.component, name: 'reshoot' } },
    components: [
      ...components,
      {
        type: 'framework',
        name: 'electron',
        version: electron,
        'bom-ref': `electron@${electron}`,
        purl: `pkg:npm/electron@${electron}`,
      },
    ],
    dependencies,
  }
}

/**
 * Writes the software bill of materials (CycloneDX): the packages in the bundles and beside them, and Electron.
 *
 * @param {string} file
 * @param {{ out: string, electronVersion: string }} shippedFrom The folder out/.
 * @throws {SetupError} when npm cannot list the packages
 */
export const writeBillOfMaterials = async (file, { out, electronVersion }) => {
  const args = [
    'sbom',
    '--sbom-format=cyclonedx',
    '--sbom-type=application',
    '--package-lock-only',
    '--loglevel=error',
  ]
  const { code, output } = await npm(args, { cwd: root, seconds: 120 })
  if (code !== 0) throw new SetupError(`npm sbom failed:\n${npmReason(output)}`)
  const bill = /** @type {Bill} */ (JSON.parse(output.slice(output.indexOf('{'))))
  writeFileSync(file, JSON.stringify(onlyShipped(bill, shipped(out), electronVersion), null, 2))
}
