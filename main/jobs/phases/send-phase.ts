import { stat } from 'node:fs/promises'
import { type Failure, modeRow, type ProviderId } from '../../../preload/contract'
import {
  type CreatedTask,
  type Provider,
  ProviderError,
  type ProviderRequest,
} from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { expiryOf, uploadIsFresh, uploadLife } from '../expiry'
import { localFailure, PhaseFailedError } from '../job-failures'
import type { JobRecord, ReadyFile, Upload } from '../job-record'
import { isSqliteError, LeaseLostError } from '../job-store'
import { type Repeat, repeatSending } from '../setbacks'
import { takeTurn } from '../work-queues'

/** Uploads what is not uploaded yet, then sends the create. */
export const uploadPhase: Phase = async (job, drive) => {
  const { files } = job
  if (!files || !(await areThere([files.clip, ...files.images]))) {
    drive.change({ to: 'preparing', note: { reason: 'prepared files are gone' } })
    return
  }
  try {
    drive.trouble(null)
    const provider = await drive.ports.providers.get(job.provider)
    const uploads = await uploadAll([files.clip, ...files.images], job, provider, drive)
    const leave = joinLine(job, drive)
    const queue = drive.queues.create(job.provider)
    await takeTurn(queue, drive.work, async () => {
      leave()
      await forPlace(provider, drive)
      await send(job, provider, uploads, drive)
    }).finally(leave)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await again(drive, error)
  }
}

/** Says why it waits as soon as the first in line knows; what goes wrong with that is no other edit's trouble. */
const joinLine = (job: JobRecord, drive: Drive): (() => void) =>
  drive.queues.line(job.provider).join((why) => {
    try {
      drive.trouble(why)
    } catch (error) {
      drive.ports.log.warn('Why an edit waits could not be written down', { job: job.id, error })
    }
  })

/** Milliseconds. */
const waitForPlace = 5000

/** Resolves when the service has room for one more task. Who waits keeps the turn, so that edits are sent in their order. */
const forPlace = async ({ row }: Provider, drive: Drive): Promise<void> => {
  const { store } = drive.ports
  const { activeTasks: most } = row
  if (most === undefined) return
  const line = drive.queues.line(row.id)
  const why = { key: 'job.noPlace', values: { provider: row.name, count: most } }
  try {
    while (store.unfinished().filter((other) => isActive(other, row.id)).length >= most) {
      drive.trouble(why)
      line.say(why)
      await drive.pause(waitForPlace)
      drive.work.throwIfAborted()
    }
    drive.trouble(null)
  } finally {
    line.say(null)
  }
}

const isActive = ({ provider, state }: JobRecord, id: ProviderId): boolean =>
  provider === id && (state === 'submitting' || state === 'pending' || state === 'running')

/** A create that was in flight when its process ended: nobody knows whether it arrived. */
export const lostSubmitPhase: Phase = async (_job, drive) => {
  drive.change({
    to: 'uncertain',
    patch: { failure: localFailure('uncertain', 'none'), cancelRequested: false },
    note: { reason: 'the process that sent the create is gone' },
  })
}

const areThere = async (files: readonly ReadyFile[]): Promise<boolean> => {
  const found = await Promise.all(files.map((file) => stat(file.path).catch(() => null)))
  return files.every((file, index) => found[index]?.size === file.bytes)
}

const uploadAll = async (
  files: readonly ReadyFile[],
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<Upload[]> => {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  let uploads = job.uploads.filter((known) =>
    uploadIsFresh(known.expiresAt, drive.ports.clock.now()),
  )
  let before = 0
  for (const file of files) {
    if (!uploads.some((known) => known.path === file.path)) {
      const onProgress = (fraction: number) =>
        drive.progress((before + fraction * file.bytes) / total)
      const call = { signal: drive.work, onProgress }
      const queue = drive.queues.upload(job.provider)
      const url = await takeTurn(queue, drive.work, () =>
        drive.ports.uploads.toUrl(file, provider, call),
      )
      const expiresAt = drive.ports.clock.now() + uploadLife
      uploads = [...uploads, { path: file.path, url, expiresAt }]
      drive.change({ patch: { uploads }, note: { uploaded: file.bytes } })
    }
    before += file.bytes
    drive.progress(before / total)
  }
  return uploads
}

/**
 * The one create of a job. `submitting` is on the disk before the request goes out; whatever ends this
 * process afterwards, the job is found in `submitting` and never sent again by itself.
 */
const send = async (
  job: JobRecord,
  provider: Provider,
  uploads: readonly Upload[],
  drive: Drive,
): Promise<void> => {
  const { files, spec } = job
  if (!files) return
  const urlOf = (file: ReadyFile) => uploads.find((known) => known.path === file.path)?.url ?? ''
  const { seconds, width, height } = files.clip
  const request: ProviderRequest = {
    mode: 'edit',
    media: [
      { role: 'clip', url: urlOf(files.clip), seconds, width, height },
      ...files.images.map((image) => ({ role: 'reference-image' as const, url: urlOf(image) })),
    ],
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    options: spec.options,
  }
  drive.work.throwIfAborted()
  const submittedAt = drive.ports.clock.now()
  const { model } = modeRow(provider.row, request.mode)
  drive.change({ to: 'submitting', patch: { submittedAt, model } })
  let task: CreatedTask
  try {
    task = await provider.create(request, { signal: drive.create })
  } catch (error) {
    await notCreated(error, drive)
    return
  }
  await took(task, submittedAt, provider, drive)
}

/** A task that cannot be written down would be paid for nothing: so many tries, so many milliseconds apart. */
const writing = { tries: 20, interval: 500 }

const took = async (
  task: CreatedTask,
  submittedAt: number,
  provider: Provider,
  drive: Drive,
): Promise<void> => {
  const { clock, log } = drive.ports
  for (let tries = 1; ; tries++) {
    try {
      writeTask(task, submittedAt, provider, drive)
      return
    } catch (error) {
      if (!isSqliteError(error) || tries >= writing.tries) throw error
      log.error('A task could not be written down yet', { job: drive.id, task: task.taskId, error })
      await clock.sleep(writing.interval)
    }
  }
}

/** Writes down the task; even when another process has meanwhile given the answer up for lost. */
const writeTask = (
  task: CreatedTask,
  submittedAt: number,
  provider: Provider,
  drive: Drive,
): void => {
  const { taskId, requestId, sent } = task
  const expiresAt = expiryOf(submittedAt, provider.row.retention)
  const change = {
    to: 'pending' as const,
    patch: { taskId, requestId, sent, expiresAt, failure: null, askPerson: false },
    note: { taskId },
  }
  try {
    drive.change(change)
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error
    const { store, log } = drive.ports
    log.warn('A create was answered after its job had been taken over', { job: drive.id, taskId })
    if (store.get(drive.id)?.taskId === null) store.change(drive.id, null, change)
    throw error
  }
}

const notCreated = async (error: unknown, drive: Drive): Promise<void> => {
  if (!(error instanceof ProviderError) || error.sent === 'maybe') {
    drive.ports.log.warn('The answer to a create was lost', { job: drive.id, error })
    drive.change({
      to: 'uncertain',
      patch: {
        failure: uncertainFailure(error),
        cancelRequested: false,
        requestId: error instanceof ProviderError ? requestIdOf(error) : null,
      },
      note: { reason: error instanceof Error ? error.message : String(error) },
    })
    return
  }
  const repeat = whetherToRepeat(drive, error)
  if ('failure' in repeat) {
    const patch = { failure: repeat.failure, requestId: requestIdOf(error) }
    drive.change({ to: 'failed', patch, note: { sent: error.sent } })
    return
  }
  // Waiting is done in a state that a crash cannot mistake for a lost answer.
  const trouble = error.failure.text
  drive.change({
    to: 'uploading',
    patch: { trouble },
    note: { sent: error.sent, wait: repeat.after },
  })
  await drive.pause(repeat.after)
}

const again = async (drive: Drive, error: ProviderError): Promise<void> => {
  const repeat = whetherToRepeat(drive, error)
  if ('failure' in repeat) throw new PhaseFailedError(repeat.failure, { cause: error })
  drive.trouble(error.failure.text)
  await drive.pause(repeat.after)
}

const whetherToRepeat = (drive: Drive, error: ProviderError): Repeat => {
  const { clock, random, timing } = drive.ports
  return repeatSending({
    setbacks: drive.setbacks,
    error,
    now: clock.now(),
    random: random(),
    backoff: timing.backoff,
    offlinePatience: timing.offlinePatience,
  })
}

const uncertainFailure = (error: unknown): Failure => ({
  ...localFailure('uncertain', 'none'),
  kind: 'unknown',
  provider: error instanceof ProviderError ? error.failure.provider : null,
})

const requestIdOf = (error: ProviderError): string | null =>
  error.failure.provider?.requestId ?? null
