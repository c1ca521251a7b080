import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeClip } from './make-media'
import { temporaryFolder } from './temporary-folder'

const fixture = path.resolve(import.meta.dirname, '../fixtures/home-0.1.0')

/**
 * A home as version 0.1.0 left it, with drafts, jobs and results of every kind: the database as SQL, the sidecars as
 * they were written. `{{folder}}` stands for the folder that held clips and home.
 */
export const makeOldHome = async (): Promise<{ folder: string; home: string }> => {
  const folder = temporaryFolder()
  const home = path.join(folder, 'home')
  const library = path.join(home, 'library')
  mkdirSync(library, { recursive: true })
  const filled = (file: string) =>
    readFileSync(path.join(fixture, file), 'utf8').replaceAll('{{folder}}', folder)
  const database = new DatabaseSync(path.join(home, 'reshoot.db'))
  database.exec(filled('reshoot.sql'))
  database.close()
  copyFileSync(path.join(fixture, 'settings.json'), path.join(home, 'settings.json'))
  const result = await makeClip({ seconds: 2 })
  for (const name of readdirSync(path.join(fixture, 'library'))) {
    writeFileSync(path.join(library, name), filled(path.join('library', name)))
    copyFileSync(result, path.join(library, name.replace('.reshoot.json', '.mp4')))
  }
  return { folder, home }
}
