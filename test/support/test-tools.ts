import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { picturesHere } from '../../main/media/images/pictures'
import type { InspectTools } from '../../main/media/inspect'
import { isRecent } from '../../main/tools/find-ffmpeg'
import { bundledFfmpeg, bundledTools } from '../../main/tools/tool-paths'
import { releaseIn } from '../../main/tools/tool-version'

/** The ffmpeg that RESHOOT_TEST_FFMPEG names, to run the tests with; null for the bundled one. */
const named = process.env['RESHOOT_TEST_FFMPEG'] ?? null

/** The tools that are tested. Clips for the tests are always made by the bundled ones. */
export const testTools: InspectTools = {
  ...bundledTools,
  pictures: picturesHere,
  ffmpeg: () => named ?? bundledFfmpeg(),
}

/** A PATH on which the app finds the ffmpeg that is tested, and no other. */
export const testPath = named === null ? '/nowhere' : dirname(named)

/** The tool of this computer, if it is of version 5 or newer. */
export const newerTool = (tool: 'ffmpeg' | 'ffprobe'): string | null => {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = folders.map((folder) => join(folder, tool)).find((path) => existsSync(path))
  if (!found) return null
  const printed = execFileSync(found, ['-version'], { encoding: 'utf8' })
  return isRecent(releaseIn(tool, printed)?.library ?? []) ? found : null
}

/** For tests that need a second ffmpeg. */
export const newerFfmpeg = newerTool('ffmpeg')
export const noNewerFfmpeg = 'no ffmpeg of version 5 or newer on this computer (apt install ffmpeg)'
