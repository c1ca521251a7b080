import path from 'node:path'
import type { Facts, FileRole, Fix, Measures, Report, Selection } from '../../../preload/contract'
import { onlyByChoice } from '../../../preload/contract/preflight'
import { type Purpose, preparedExtension, remediesOf } from '../../preflight'
import { shownBytes } from '../../preflight/wording'
import { commandLine } from '../../tools/quote'
import { failuresOf, type Speak } from './words'

/** '14.2 s, 3840 × 2160, 52.1 MB, hevc', without unknown values. `roughly` marks the bytes as an estimate. */
export const measuresLine = (measures: Measures, speak: Speak, roughly = false): string => {
  const { seconds, width, height, bytes, format } = measures
  const parts = [
    seconds === null ? null : speak('cli.seconds', { seconds: seconds.toFixed(2) }),
    width === null || height === null ? null : `${width} × ${height}`,
    bytes === null ? null : `${roughly ? '≈ ' : ''}${shownBytes(bytes, [])}`,
    format,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

/** What a selection and a fix change: 'trimmed to 2.00–7.00 s, scaled'. */
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
  if (remedy === 'extend') return speak(`did.extend_${fix.extend ?? 'hold'}`)
  return speak(`did.${remedy}`, { colour, track: track + 1 })
}

/** A file with its report. */
export interface Checked {
  /** The path as given. */
  given: string
  facts: Facts
  report: Report
  /** What it was judged for. */
  purpose?: Purpose | undefined
}

/** Whether `prepare` can make the file pass. */
export const isPreparable = ({ facts, report }: Checked): boolean =>
  facts.kind !== 'other' &&
  remediesOf(report).length > 0 &&
  failuresOf(report).every(({ remedy }) => remedy && !onlyByChoice.includes(remedy))

const stemOf = (given: string): string => {
  const { dir, name } = path.parse(given)
  return given.slice(0, given.indexOf(name, dir.length) + name.length)
}

const usualExtension = { video: '.mp4', image: '.png', sound: '.wav', other: '.mp4' }

/**
 * Arguments of the `prepare` command that applies every remedy of a report, quoted for a shell.
 * @param usedNames output names of earlier hints; the new one is added
 */
export const prepareWords = (
  { given: asGiven, facts, report, purpose }: Checked,
  usedNames: Set<string> = new Set(),
  asked: { as?: FileRole | undefined; firstFrame?: string | undefined } = {},
): string => {
  const given = asGiven.startsWith('-') ? `./${asGiven}` : asGiven // otherwise parsed as an option
  const remedies = remediesOf(report)
  const usual = usualExtension[facts.kind]
  const fix = { remedies, background: '#000000' }
  const extension = preparedExtension(facts, null, fix, purpose) ?? usual
  const name = (number: number) =>
    `${stemOf(given)}-ready${number === 1 ? '' : `-${number}`}${extension}`
  let number = 1
  while (usedNames.has(name(number))) number++
  usedNames.add(name(number))
  const { as, firstFrame } = asked
  return commandLine([
    ...['prepare', given, '-o', name(number)],
    ...(as === undefined ? [] : ['--as', as]),
    ...(firstFrame === undefined ? [] : ['--first-frame', firstFrame]),
  ])
}
