import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import type { JobSpec } from '../../main/edits/job-spec'
import { createLibrary, type FinishedEdit, type LibraryOptions } from '../../main/library/library'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import { editOptions } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { temporaryFolder } from '../support/temporary-folder'
import { testId } from '../support/test-id'
import { testTools } from '../support/test-tools'
import { createVirtualClock } from '../support/virtual-clock'

/** A query that finds every result. */
export const everything = { words: '', providers: [] }

/** The spec of the edit that a result was made with. */
export const spec = (prompt: string, change: Partial<JobSpec> = {}): JobSpec => ({
  mode: 'edit',
  provider: 'dashscope',
  prompt,
  negativePrompt: '',
  files: [
    {
      role: 'clip',
      mediaId: 'media-1',
      path: '/somewhere/beach.mp4',
      name: 'beach.mp4',
      bytes: 1,
      modifiedAt: 1,
      fix: { remedies: [], background: '#000000' },
      selection: { start: 1, end: 3 },
    },
  ],
  options: editOptions.parse({ seed: 7 }),
  estimate: null,
  ...change,
})

/** A library on a real disk and database, whose folder, trash and clock the test holds. */
export const setUp = async (changes: Partial<LibraryOptions> = {}) => {
  const root = temporaryFolder()
  const home = { posters: path.join(root, 'posters'), sent: path.join(root, 'sent') }
  for (const each of Object.values(home)) mkdirSync(each)
  const clip = await makeClip({ seconds: 2 })
  const clock = createVirtualClock()
  const trashed: string[] = []
  const warnings: string[] = []
  let chosen = path.join(root, 'Videos', 'Reshoot')
  let ids = 0
  const open = (file = 'reshoot.db', more: Partial<LibraryOptions> = {}) => {
    const database = openDatabase(path.join(root, file), { migrations, clock })
    onTestFinished(() => database.close())
    return createLibrary({
      database,
      folder: () => chosen,
      isOwn: () => true,
      home,
      media: createMediaTools(testTools),
      trash: async (each) => {
        trashed.push(path.basename(each))
        rmSync(each)
      },
      providerName: (id) => (id === 'dashscope' ? 'Alibaba Model Studio' : id),
      posterUrl: (mediaId) => `still-of-${mediaId}`,
      clock,
      newId: () => testId(`entry-${++ids}`),
      log: { ...silentLog, warn: (message) => warnings.push(message) },
      ...changes,
      ...more,
    })
  }
  const finished = (job: string, of = spec('snowy street')): FinishedEdit => {
    const jobId = testId(job)
    const resultPath = path.join(root, `${jobId}.part`)
    const sentClipPath = path.join(home.sent, `${jobId}.mp4`)
    copyFileSync(clip, resultPath)
    copyFileSync(clip, sentClipPath)
    return {
      jobId,
      setId: testId(`set of ${job}`),
      spec: of,
      model: 'wan2.7-videoedit',
      submittedAt: clock.now() - 60_000,
      taskId: 'task-1',
      requestId: null,
      billed: null,
      resultPath,
      sentClipPath,
    }
  }
  return {
    root,
    clock,
    open,
    finished,
    trashed,
    warnings,
    home,
    moveTo: (folder: string) => {
      chosen = folder
    },
    folder: () => chosen,
  }
}
