import { doPicture, type PictureJob } from './picture-work'

/* The process that `createPictures` starts. It does one job at a time and answers each. */

/** Electron's utility processes have a port in place of Node's own channel. */
const port: unknown = Reflect.get(process, 'parentPort')
const isPort = (
  value: unknown,
): value is NodeJS.EventEmitter & { postMessage: (m: unknown) => void } =>
  typeof value === 'object' && value !== null && 'postMessage' in value

const answer = (message: unknown): void => {
  if (isPort(port)) port.postMessage(message)
  else process.send?.(message)
}

const work = async (job: PictureJob): Promise<void> => {
  const done = await doPicture(job).then(
    (value) => ({ value, failed: null }),
    (error: unknown) => ({ value: null, failed: String(error).slice(0, 5000) }),
  )
  answer({ ...done, bytes: process.memoryUsage.rss() })
}

// A process that ends without this could not be started; one that ends later was killed by a picture.
answer('ready')

if (isPort(port)) port.on('message', ({ data }: { data: PictureJob }) => void work(data))
else {
  process.on('message', (job: PictureJob) => void work(job))
  // The app has ended; a job that runs would go on for nobody.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}
