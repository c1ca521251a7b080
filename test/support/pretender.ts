import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledFfmpeg } from '../../main/tools/tool-paths'
import { temporaryFolder } from './temporary-folder'

/**
 * A script named ffmpeg that says it is version 99, and runs the bundled ffmpeg after the lines `change`. `folder` is
 * the one to put on PATH. Not for Windows.
 */
export const pretender = (change = '') => {
  const folder = join(temporaryFolder(), 'bin')
  mkdirSync(folder)
  const path = join(folder, 'ffmpeg')
  // Newer than any that this computer may have.
  const said = 'ffmpeg version 99.0 Copyright\\nlibavutil      99. 39.100 / 99. 39.100\\n'
  const version = `case "$*" in *-version*) printf '${said}'; exit 0;; esac`
  const script = `#!/bin/sh\n${version}\n${change}\nexec '${bundledFfmpeg()}' "$@"\n`
  writeFileSync(path, script, { mode: 0o755 })
  return { folder, path }
}

/** A change by which runs whose arguments contain `when` fail with these words. */
export const failing = (words: string, when: string) =>
  `case "$*" in *${when}*) echo '${words}' >&2; exit 1;; esac`
