import { stat } from 'node:fs/promises'
import { type Failure, modeRow, type ProviderId, type Text } from '../../../preload/contract'
import {
  type CreatedTask,
  type Provider,
  ProviderError,
  type ProviderRequest,
  type RequestFile,
} from '../../providers/provider'
import type { Drive, Phase } from '../drive'
import { localFailure, PhaseFailedError } from '../failures'
import { inTurn } from '../queues'
import { expiryOf, type JobRecord, type ReadyFile, type Upload } from '../record'
import { callSucceeded, retryRules } from '../retry'
import { isSqliteError, LeaseLostError } from '../store'

/** Uploads files that are not uploaded yet, then sends the create. */
export const uploadPhase: Phase = async (job, drive) => {
  const { files } = job
  if (!files || !(await allExist(files))) {
    drive.change({ to: 'preparing', note: { reason: 'prepared files are missing' } })
    return
  }
  try {
    drive.trouble(null)
    const provider = await drive.ports.providers.get(job.provider)
    const uploads = await uploadAll(files, job, provider, drive)
    const leave = showWaitReason(job, drive)
    const queue = drive.queues.create(job.provider)
    await inTurn(queue, drive.work, async () => {
      leave()
      await sendInTurn(job, provider, uploads, drive)
    }).finally(leave)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (!(await drive.retry(retryRules.send, error)))
      throw new PhaseFailedError(failureOf(error, drive), { cause: error })
  }
}

/**
 * Sends the create, again and again while the provider certainly refuses it for the time being. The job keeps its place
 * in the queue, so that jobs are sent in order. Returns when the state has changed or an upload has grown old.
 */
const sendInTurn = async (
  job: JobRecord,
  provider: Provider,
  uploads: readonly Upload[],
  drive: Drive,
): Promise<void> => {
  const line = drive.queues.waiting(job.provider)
  try {
    for (;;) {
      await waitForSlot(provider, drive)
      const refused = await send(job, provider, uploads, drive)
      if (refused === null) return
      line.tell(refused.why)
      await drive.pause(refused.wait)
      drive.work.throwIfAborted()
      const now = drive.ports.clock.now()
      if (!uploads.every(({ expiresAt }) => isUploadFresh(expiresAt, now))) return
    }
  } finally {
    line.tell(null)
  }
}

/** Shows why the first job in the queue waits. An error here must not stop other jobs. */
const showWaitReason = (job: JobRecord, drive: Drive): (() => void) =>
  drive.queues.waiting(job.provider).join((reason) => {
    try {
      drive.trouble(reason)
    } catch (error) {
      drive.ports.log.warn('The reason why a job waits could not be recorded', {
        job: job.id,
        error,
      })
    }
  })

/** Milliseconds between two checks for a free slot. */
const slotInterval = 5000

/** Resolves when the provider accepts one more task. A waiting job keeps its place in the queue, so jobs are sent in order. */
const waitForSlot = async ({ row }: Provider, drive: Drive): Promise<void> => {
  const { store } = drive.ports
  const { activeTasks: most } = row
  if (most === undefined) return
  const line = drive.queues.waiting(row.id)
  const why = { key: 'job.noPlace', values: { provider: row.name, count: most } }
  try {
    while (store.unfinished().filter((other) => isActive(other, row.id)).length >= most) {
      drive.trouble(why)
      line.tell(why)
      await drive.pause(slotInterval)
      drive.work.throwIfAborted()
    }
    drive.trouble(null)
  } finally {
    line.tell(null)
  }
}

/** Whether a job takes one of the provider's places. A task that the provider no longer knows takes none. */
const isActive = ({ provider, state, failure }: JobRecord, id: ProviderId): boolean =>
  provider === id &&
  (state === 'submitting' || state === 'pending' || state === 'running') &&
  failure?.kind !== 'gone'

/** A create was in flight when its process ended: it may have arrived. */
export const lostSubmitPhase: Phase = async (_job, drive) => {
  drive.change({
    to: 'uncertain',
    patch: { failure: localFailure('uncertain', 'none'), cancelRequested: false },
    note: { reason: 'the process that sent the create has ended' },
  })
}

/** Whether every file is still there and unchanged. */
const allExist = async (files: readonly ReadyFile[]): Promise<boolean> => {
  const found = await Promise.all(files.map((file) => stat(file.path).catch(() => null)))
  // File systems and JSON store times with different precision.
  return files.every(({ bytes, modifiedAt }, index) => {
    const { size, mtimeMs = 0 } = found[index] ?? {}
    return size === bytes && Math.abs(mtimeMs - modifiedAt) < 2
  })
}

/** Milliseconds that providers keep an uploaded file at least (docs/providers/dashscope.md, docs/providers/evolink.md). */
const uploadLife = 48 * 3_600_000

/** An uploaded URL is not used for a new create in its last 30 minutes. Milliseconds. */
const uploadMargin = 30 * 60_000

/** Whether the provider has enough time to fetch an uploaded file. One from a later day is of a clock that was set back. */
export const isUploadFresh = (expiresAt: number, now: number): boolean =>
  now < expiresAt - uploadMargin && expiresAt - now <= uploadLife + uploadMargin

/** Uploads the files that have no fresh upload; gives the upload of each file. */
const uploadAll = async (
  files: readonly ReadyFile[],
  job: JobRecord,
  provider: Provider,
  drive: Drive,
): Promise<Upload[]> => {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  // Old ones stay in the record, so that they are deleted in the end.
  let uploads = job.uploads
  const used: Upload[] = []
  let before = 0
  for (const file of files) {
    const known = uploads.findLast(
      ({ path, expiresAt }) =>
        path === file.path && isUploadFresh(expiresAt, drive.ports.clock.now()),
    )
    if (known) used.push(known)
    else {
      const onProgress = (fraction: number) =>
        drive.progress((before + fraction * file.bytes) / total)
      const call = { signal: drive.work, onProgress }
      const queue = drive.queues.upload(job.provider)
      const url = await inTurn(queue, drive.work, () =>
        drive.ports.uploads.toUrl(file, provider, job.spec.mode, call),
      )
      const expiresAt = drive.ports.clock.now() + uploadLife
      const made = { path: file.path, url, expiresAt }
      used.push(made)
      uploads = [...uploads, made]
      callSucceeded(drive.setbacks)
      drive.change({ patch: { uploads }, note: { uploaded: file.bytes } })
    }
    before += file.bytes
    drive.progress(before / total)
  }
  return used
}

/**
 * Sends the one create of a job. The state `submitting` is on disk before the request is sent. If this process ends
 * after that, the next one finds the job in `submitting` and never sends it again without the person's decision.
 */
const send = async (
  job: JobRecord,
  provider: Provider,
  uploads: readonly Upload[],
  drive: Drive,
): Promise<Refused | null> => {
  const { files, spec } = job
  if (!files) return null
  const urlOf = (file: ReadyFile) => uploads.find((known) => known.path === file.path)?.url ?? ''
  const request: ProviderRequest = {
    mode: spec.mode,
    media: files.map((file): RequestFile => {
      const { of } = file
      const sent = { role: file.role, url: urlOf(file), ...(of === undefined ? {} : { of }) }
      if (file.role !== 'clip') return sent
      const { width, height } = file
      return { ...sent, size: { width, height } }
    }),
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
    return notCreated(error, drive)
  }
  await recordTask(task, submittedAt, provider, drive)
  return null
}

/** A create that certainly made no task and may be sent again. `wait` in milliseconds. */
interface Refused {
  why: Text
  wait: number
}

/** A paid task must be recorded. Interval in milliseconds. */
const recording = { tries: 20, interval: 500 }

const recordTask = async (
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
      if (!isSqliteError(error) || tries >= recording.tries) throw error
      log.error('A task could not be recorded yet', { job: drive.id, task: task.taskId, error })
      await clock.sleep(recording.interval)
    }
  }
}

/** Records the task, even if another process meanwhile drives the job and does not expect the answer. */
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
    log.warn('A create was answered after another process had claimed its job', {
      job: drive.id,
      taskId,
    })
    if (store.get(drive.id)?.taskId === null) store.change(drive.id, null, change)
    throw error
  }
}

const notCreated = (error: unknown, drive: Drive): Refused | null => {
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
    return null
  }
  const delay = drive.nextTry(retryRules.send, error)
  if (delay === null) {
    const patch = { failure: failureOf(error, drive), requestId: requestIdOf(error) }
    drive.change({ to: 'failed', patch, note: { sent: error.sent } })
    return null
  }
  // Waits in `uploading`: after a crash, `submitting` would mean a lost answer.
  const why = error.failure.text
  const note = { sent: error.sent, wait: delay }
  drive.change({ to: 'uploading', patch: { trouble: why }, note })
  return { why, wait: delay }
}

/** The failure, with the time from which the provider accepts requests again. */
const failureOf = ({ failure, retryAfter }: ProviderError, { ports }: Drive): Failure =>
  retryAfter === null ? failure : { ...failure, until: ports.clock.now() + retryAfter }

/** Why nobody knows whether a task exists: no answer, or one that leaves it open, in the provider's words. */
const uncertainFailure = (error: unknown): Failure => {
  const provider = error instanceof ProviderError ? error.failure.provider : null
  const code = provider?.code ?? (provider?.httpStatus ? `HTTP ${provider.httpStatus}` : null)
  const failure =
    code === null
      ? localFailure('uncertain', 'none')
      : localFailure('uncertainAnswer', 'none', { code, message: provider?.message ?? code })
  return { ...failure, kind: 'unknown', provider }
}

const requestIdOf = (error: ProviderError): string | null =>
  error.failure.provider?.requestId ?? null
