import type { Facts, FileRole, Forecast } from '../../preload/contract'
import { extensionOf } from '../preflight'

/** How a service learns what a sound is, by its extension. */
const contentTypes: Readonly<Record<string, string>> = { '.wav': 'audio/wav', '.mp3': 'audio/mpeg' }

/** Whether a file of this role is heard and not seen. */
export const isHeard = (role: FileRole): boolean => role === 'sound' || role === 'voice'

/** The MIME type of a sound that is sent as it is; null for anything else. */
export const soundType = (role: FileRole, name: string, facts: Facts): string | null =>
  isHeard(role) && facts.kind === 'other' && facts.format === 'audio' && facts.unreadable === null
    ? (contentTypes[extensionOf(name)] ?? null)
    : null

/** What is sent of a sound: the file as it is. Its length and loudness are not measured. */
export const soundForecast = (facts: Facts): Forecast => {
  const none = { seconds: null, width: null, height: null, frameRate: null }
  const measures = { ...none, bytes: facts.bytes, format: 'audio' }
  return {
    facts,
    report: { verdict: 'pass', findings: [] },
    outcome: { before: measures, after: measures, runs: false },
  }
}
