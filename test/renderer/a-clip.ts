import type { Finding, MediaItem, Report } from '../../preload/contract'
import { clipFactsWith, itemWith } from '../support/facts'

export const aFinding = (part: Partial<Finding>): Finding => ({
  rule: 'duration',
  level: 'pass',
  measured: 6,
  limit: 10,
  message: '',
  text: { key: 'finding', values: {} },
  ...part,
})

export const aReport = (...findings: Partial<Finding>[]): Report => {
  const levels = findings.map(({ level }) => level)
  const verdict = levels.includes('fail') ? 'fail' : levels.includes('warn') ? 'warn' : 'pass'
  return { verdict, findings: findings.map(aFinding) }
}

/** A checked clip; `seconds` is its duration. */
export const aClip = (id: string, seconds = 6, part: Partial<MediaItem> = {}): MediaItem => {
  const facts = clipFactsWith({ duration: seconds, frameRate: 25, audio: [], bytes: 1000 })
  return itemWith(id, facts, { report: aReport({}), ...part })
}

/** A file that was added and is still being checked. */
export const aNewFile = (name: string, id = name): MediaItem =>
  itemWith(id, null, { name, state: 'checking', playable: null })
