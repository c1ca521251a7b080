import path from 'node:path'

/** A log of what happened, for finding causes later. Never log keys or prompts. */
export type Log = Record<Level, (message: string, fields?: Record<string, unknown>) => void>

/** Keeps nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }

type Level = 'info' | 'warn' | 'error'

/** Bytes of a log file before it is moved to `.old.log`. */
const maxBytes = 2 * 1024 * 1024

/**
 * A log in `<folder>/<name>.log` that keeps one older file, written by electron-log's Node build. The writer is loaded
 * with the first line, because most commands log nothing.
 */
export const createFileLog = (folder: string, name: string): Log => {
  let pending = Promise.resolve()
  let writer: Promise<(level: Level, line: string) => void> | null = null
  const write = (level: Level) => (message: string, fields?: Record<string, unknown>) => {
    const line = redact(fields ? `${message} ${JSON.stringify(fields, describeErrors)}` : message)
    writer ??= openWriter(path.join(folder, `${name}.log`))
    const opened = writer
    pending = pending
      .then(async () => (await opened)(level, line))
      .catch(() => {
        // A log that cannot be written must not stop the work.
      })
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

const openWriter = async (file: string): Promise<(level: Level, line: string) => void> => {
  const { default: electronLog } = await import('electron-log/node')
  const logger = electronLog.create({ logId: file })
  // Otherwise it searches for a package.json from the current folder on, and fails where there is none.
  logger.transports.file.setAppName('Reshoot')
  logger.transports.console.level = false
  logger.transports.file.resolvePathFn = () => file
  logger.transports.file.maxSize = maxBytes
  return (level, line) => logger[level](line)
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
