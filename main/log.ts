import { renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { newErrorId } from '../preload/contract/error-id'
import { append } from './files/atomic'

/** A log of what happened, for finding causes later. Never log keys or prompts. */
export type Log = Record<Level, (message: string, fields?: Record<string, unknown>) => void>

/** Keeps nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }

type Level = 'info' | 'warn' | 'error'

/** Bytes of a log file after which it is moved to `.old.log`. */
const maxBytes = 2 * 1024 * 1024

/** The files of a log, the older one first. */
export const logFiles = (folder: string, name: string): readonly [string, string] => [
  path.join(folder, `${name}.old.log`),
  path.join(folder, `${name}.log`),
]

/** A log in `<folder>/<name>.log` that keeps one older file. A line is written when the call returns. */
export const createFileLog = (folder: string, name: string): Log => {
  const [older, file] = logFiles(folder, name)
  const write = (level: Level) => (message: string, fields?: Record<string, unknown>) => {
    try {
      const line = redact(fields ? `${message} ${JSON.stringify(fields, describeErrors)}` : message)
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, older)
      append(file, `[${new Date().toISOString()}] [${level}] ${line}\n`)
    } catch {
      // A log that cannot be written, as on a full disk, must not stop the work.
    }
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** Logs an error that nobody expected under a new short id, and gives the id for the sentence that the person sees. */
export const logUnexpected = (
  log: Pick<Log, 'error'>,
  message: string,
  fields: Record<string, unknown>,
): string => {
  const id = newErrorId()
  log.error(`${message} ${id}`, fields)
  return id
}

/** Removes what may be secret: keys, bearer tokens, signatures of URLs. */
export const redact = (line: string): string =>
  line
    .replace(/\bsk-[\w-]{6,}/g, 'sk-…')
    .replace(/\b(Bearer)\s+[^\s"',]+/gi, '$1 …')
    .replace(
      /([?&](?:Signature|OSSAccessKeyId|X-Amz-[\w-]+|x-oss-[\w-]+|token|key)=)[^&\s"']+/gi,
      '$1…',
    )

/** A tool's words as they may be shown and sent to others: without keys, and with ~ for the person's folder. */
export const presentable = (words: string, userFolder: string): string =>
  userFolder.length > 1 ? redact(words).replaceAll(userFolder, '~') : redact(words)

const describeErrors = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value
