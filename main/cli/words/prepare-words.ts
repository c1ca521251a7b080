import type { Fix, Measures, Selection } from '../../../preload/contract'
import type { Speak } from './words'

/** '14.2 s, 3840 × 2160, 52.1 MB, hevc': what there is of it. `roughly` marks bytes that are an estimate. */
export const measuresLine = (measures: Measures, speak: Speak, roughly = false): string => {
  const { seconds, width, height, bytes, format } = measures
  const parts = [
    seconds === null ? null : speak('cli.seconds', { seconds: seconds.toFixed(2) }),
    width === null || height === null ? null : `${width} × ${height}`,
    bytes === null ? null : `${roughly ? '≈ ' : ''}${bytesSaid(bytes, speak)}`,
    format,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

/** Bytes as people say them: '512 bytes', '8.4 kB', '12.4 MB'. */
export const bytesSaid = (bytes: number, speak: Speak): string => {
  if (bytes < 1000) return speak('cli.bytes', { count: bytes })
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** What a selection and a fix do, in the words of the person: 'took 2.00 s to 7.00 s, scaled'. */
export const whatIsDone = (selection: Selection | null, fix: Fix, speak: Speak): string => {
  const seconds = (value: number) => value.toFixed(2)
  const cut = selection
    ? [speak('did.selection', { start: seconds(selection.start), end: seconds(selection.end) })]
    : []
  return [...cut, ...fix.remedies.map((remedy) => remedySaid(remedy, fix, speak))].join(
    speak('cli.separator'),
  )
}

const remedySaid = (remedy: Fix['remedies'][number], fix: Fix, speak: Speak): string => {
  const { background: colour, track = 0 } = fix
  if (remedy === 'pad') return speak(fix.pad === 'blur' ? 'did.pad_blur' : 'did.pad', { colour })
  return speak(`did.${remedy}`, { colour, track: track + 1 })
}
