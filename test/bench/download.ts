import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFile, copyFile, mkdir, mkdtemp, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { systemClock } from '../../main/clock'
import { openDatabase } from '../../main/database/database'
import { migrations } from '../../main/database/schema'
import { createDownload } from '../../main/jobs/download'
import { createLibrary } from '../../main/library/library'
import { silentLog } from '../../main/log'
import { createMediaTools } from '../../main/media/create-media-tools'
import { editOptions } from '../../preload/contract'
import { makeClip } from '../support/make-media'
import { testTools } from '../support/test-tools'
import { type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const rounds = 7
const resultBytes = 95 * 1024 * 1024

/** Serves one file from a process of its own, so that only the receiver is measured. */
const source = `
  const { createReadStream, statSync } = require('node:fs')
  const file = process.argv[1]
  const server = require('node:http').createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': statSync(file).size })
    createReadStream(file).pipe(response)
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  process.stdin.on('end', () => process.exit()).resume()
`

const startSource = async (file: string): Promise<{ url: string; stop: () => void }> => {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const stdio = ['pipe', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, ['-e', source, file], { env, stdio: [...stdio] })
  const lines = createInterface({ input: child.stdout })
  const first = await lines[Symbol.asyncIterator]().next()
  if (first.done) throw new Error('the server for the result could not be started')
  return { url: `http://127.0.0.1:${first.value}/`, stop: () => void child.kill() }
}

/** A short clip with a box that no reader looks into, as long as the file is to be. */
const makeResult = async (path: string): Promise<void> => {
  await copyFile(await makeClip(), path)
  const header = Buffer.from('0000free')
  header.writeUInt32BE(resultBytes - (await stat(path)).size)
  await appendFile(path, header)
  await truncate(path, resultBytes)
}

/** A library without a window. */
const openLibrary = async (folder: string) => {
  const home = { posters: join(folder, 'posters'), sent: join(folder, 'sent') }
  for (const each of [...Object.values(home), join(folder, 'library')]) await mkdir(each)
  const database = openDatabase(join(folder, 'reshoot.db'), { migrations, clock: systemClock })
  const library = createLibrary({
    database,
    folder: () => join(folder, 'library'),
    isOwn: () => true,
    home,
    media: createMediaTools(testTools),
    trash: (file) => rm(file),
    providerName: (id) => id,
    posterUrl: () => null,
    clock: systemClock,
    newId: randomUUID,
    log: silentLog,
  })
  return { library, close: () => database.close() }
}

const finished = (resultPath: string) => ({
  jobId: randomUUID(),
  setId: randomUUID(),
  spec: {
    mode: 'edit' as const,
    provider: 'sandbox' as const,
    prompt: 'snow',
    negativePrompt: '',
    files: [],
    options: editOptions.parse({}),
    estimate: null,
  },
  model: 'wan2.7-videoedit',
  submittedAt: 0,
  taskId: null,
  requestId: null,
  billed: null,
  resultPath,
  sentClipPath: null,
})

/**
 * A result that is ready at the service, until it is safe in the library: received, synced, measured, with its sidecar,
 * still and row; against curl and sync. The full decode before that is not in it.
 */
export const benchDownload = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const result = join(folder, 'result.mp4')
  await makeResult(result)
  const { url, stop } = await startSource(result)
  const { library, close } = await openLibrary(folder)
  try {
    const download = createDownload()
    const path = join(folder, 'library', '.result.part')
    const ours = async () => {
      await download({
        url,
        path,
        start: null,
        onStart: async () => {},
        onProgress: () => {},
        signal: AbortSignal.timeout(60_000),
      })
      await library.save(finished(path))
    }
    const theirs = join(folder, 'curl.mp4')
    const curl = async () => {
      await run('curl', ['-s', '-S', '-m', '60', '-o', theirs, url])
      await run('sync', [theirs])
    }
    const times: { ours: number[]; curl: number[] } = { ours: [], curl: [] }
    for (let round = 0; round < rounds; round += 1) {
      times.ours.push(await timed(ours))
      times.curl.push(await timed(curl))
      await rm(theirs)
    }
    const name = 'a result of 95 MB into the library against curl and sync'
    return [compared(name, median(times.ours), median(times.curl), 1.3, 'ms')]
  } finally {
    close()
    stop()
    await rm(folder, { recursive: true, force: true })
  }
}
