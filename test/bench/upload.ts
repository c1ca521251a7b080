import { execFile, spawn } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { createAgent } from '../../main/network/agent'
import { directNetwork } from '../../main/network/network'
import { sendMultipart } from '../../main/providers/http/multipart-stream'
import { alone, type BenchRow, compared, median, timed } from './rows'

const run = promisify(execFile)
const megabyte = 1024 * 1024
const clipBytes = 95 * megabyte
const rounds = 7

/** Swallows uploads in a process of its own, so that only the sender is measured. */
const sink = `
  const server = require('node:http').createServer((request, response) => {
    request.on('data', () => {})
    request.on('end', () => response.end())
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  process.stdin.on('end', () => process.exit()).resume()
`

const startSink = async (): Promise<{ url: string; stop: () => void }> => {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const child = spawn(process.execPath, ['-e', sink], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const first = await lines[Symbol.asyncIterator]().next()
  if (first.done) throw new Error('the server for the upload could not be started')
  return { url: `http://127.0.0.1:${first.value}/`, stop: () => void child.kill() }
}

const makeFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'w')
  const piece = Buffer.alloc(megabyte, 'not all zero ')
  for (let written = 0; written < clipBytes; written += megabyte) await handle.write(piece)
  await handle.sync()
  await handle.close()
}

const fields: [string, string][] = [
  ['key', 'bench/clip.mp4'],
  ['success_action_status', '200'],
]

/** A 95 MB clip to a local server, by us and by curl in turns, and how much memory it takes us. */
export const benchUpload = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reshoot-bench-'))
  const path = join(folder, 'clip.mp4')
  const { url, stop } = await startSink()
  try {
    await makeFile(path)
    const agent = createAgent(directNetwork, { keepAlive: false })
    let growth = 0
    const before = process.memoryUsage.rss()
    const ours = () =>
      sendMultipart({
        url,
        agent,
        fields,
        file: { path, name: 'clip.mp4', contentType: 'video/mp4', bytes: clipBytes },
        signal: AbortSignal.timeout(120_000),
        onBytes: () => {
          growth = Math.max(growth, process.memoryUsage.rss() - before)
        },
      })
    const form = fields.flatMap(([name, value]) => ['-F', `${name}=${value}`])
    const curl = () => run('curl', ['-s', '-S', '-m', '120', ...form, '-F', `file=@${path}`, url])
    const times: { ours: number[]; curl: number[] } = { ours: [], curl: [] }
    for (let round = 0; round < rounds; round += 1) {
      times.ours.push(await timed(ours))
      times.curl.push(await timed(curl))
    }
    const [measured, baseline] = [median(times.ours), median(times.curl)]
    return [
      compared('upload of 95 MB against curl', measured, baseline, 1.2, 'ms'),
      alone('memory growth of that upload', growth / megabyte, 64, 'MiB'),
    ]
  } finally {
    stop()
    await rm(folder, { recursive: true, force: true })
  }
}
