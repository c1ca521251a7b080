import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Clock, systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { fileSpecOf, noFix } from '../../main/edits/submission'
import { resolveHome } from '../../main/home'
import { openServices, type Services } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import { bundledFfmpeg } from '../../main/tools/tool-paths'
import { editOptions, type Selection } from '../../preload/contract'
import { type CliProcess, killAtStep, startCli } from './cli-process'
import { type DashScopeServer, type ServerOptions, startDashScopeServer } from './dashscope-server'
import { makeClip } from './make-media'
import { temporaryFolder } from './temporary-folder'
import { testPath } from './test-tools'

/** Time runs this much faster for jobs in this process: polling intervals are several seconds. */
const haste = 10

/** A clock that is so many milliseconds ahead, and fast. */
export const hasteClock = (later = 0): Clock => {
  const start = Date.now()
  return {
    now: () => start + later + (Date.now() - start) * haste,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / haste, signal),
  }
}

/** A home with a strict DashScope, and the ways to work on it. */
export interface JobsHome {
  folder: string
  clip: string
  server: DashScopeServer
  /** Opens services in this process, as if some milliseconds had passed. They close with the test. */
  open: (later?: number) => Promise<Services>
  /** Submits a job and closes the services before anything is done. Gives its id. */
  submit: (selection?: Selection | null) => Promise<string>
  /** Starts a command in another process. */
  command: (...argv: string[]) => Promise<CliProcess>
  /** Starts `resume` in another process, which is killed at a step of `soak-steps.ts`. */
  resumeUntil: (step: string) => Promise<CliProcess>
  /** The job's state in the database; 'none' without a job. */
  stateOf: (id: string) => string
  /** Moves the time of the create back by milliseconds. */
  age: (id: string, milliseconds: number) => void
  /** Makes every ffmpeg wait while the folder has a file named `hold`. */
  holdFfmpeg: () => void
}

const stateRow = z.object({ state: z.string() })

/** In a new folder, or in the one that is given. */
export const createJobsHome = async ({
  folder: place,
  ...options
}: ServerOptions & { folder?: string } = {}): Promise<JobsHome> => {
  const folder = place ?? temporaryFolder()
  const clip = path.join(folder, 'beach.mp4')
  copyFileSync(await makeClip({ seconds: 4, sound: 'tone' }), clip)
  const result = readFileSync(await makeClip({ seconds: 3 }))
  const server = await startDashScopeServer({ result, ...options })
  onTestFinished(() => server.stop())
  const env = {
    PATH: testPath,
    RESHOOT_HOME: path.join(folder, 'home'),
    RESHOOT_DASHSCOPE_URL: server.url,
    DASHSCOPE_API_KEY: server.key,
  }
  const home = resolveHome({ env })

  const open = async (later = 0) => {
    const clock = hasteClock(later)
    const services = await openServices({ home, env, secretBox: plainSecretBox, clock })
    onTestFinished(() => services.close())
    return services
  }
  return {
    folder,
    clip,
    server,
    open,
    submit: async (selection = null) => {
      const services = await openServices({ home, env, secretBox: plainSecretBox })
      const { id } = services.jobs.submit({
        mode: 'edit',
        provider: 'dashscope',
        prompt: 'snowy street',
        negativePrompt: '',
        files: [
          fileSpecOf({
            role: 'clip',
            mediaId: null,
            path: clip,
            name: 'beach.mp4',
            fix: noFix,
            selection,
          }),
        ],
        options: editOptions.parse({ seed: 7 }),
        estimate: null,
      })
      await services.close()
      return id
    },
    command: (...argv) => startCli(argv, { env }),
    resumeUntil: (step) =>
      startCli(['resume'], { env: { ...env, KILL_AT: step }, before: killAtStep }),
    stateOf: (id) => {
      using database = new DatabaseSync(home.database, { readOnly: true, timeout: 5_000 })
      const row = database.prepare('SELECT state FROM jobs WHERE id = ?').get(id)
      return row ? stateRow.parse(row).state : 'none'
    },
    age: (id, milliseconds) => {
      const database = openDatabase(home.database, { migrations })
      database.run(
        `UPDATE jobs SET json = json_set(json, '$.submittedAt',
           json_extract(json, '$.submittedAt') - $by) WHERE id = $id`,
        { $id: id, $by: milliseconds },
      )
      database.close()
    },
    holdFfmpeg: () => {
      const script = path.join(folder, 'ffmpeg.sh')
      const hold = path.join(folder, 'hold')
      writeFileSync(
        script,
        `#!/bin/sh\nwhile [ -e '${hold}' ]; do sleep 0.1; done\nexec '${bundledFfmpeg()}' "$@"\n`,
      )
      chmodSync(script, 0o755)
      writeFileSync(hold, '')
      writeFileSync(home.settings, JSON.stringify({ ffmpegPath: script }))
    },
  }
}
