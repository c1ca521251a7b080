import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { forkWorker, type StartWorker } from '../../main/tools/worker'
import { withSources } from './sources-in-node'
import { temporaryFolder } from './temporary-folder'

/** Starts a source of main as a process of its own, as the built app does. */
export const sourceWorker = (source: string): StartWorker => {
  const entry = path.join(temporaryFolder(), 'entry.mjs')
  const module = pathToFileURL(path.join(import.meta.dirname, '../../main', source)).href
  writeFileSync(entry, withSources(`await import(${JSON.stringify(module)})`))
  return () => forkWorker(entry, ['--experimental-transform-types'])
}
