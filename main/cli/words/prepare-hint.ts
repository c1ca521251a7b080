import path from 'node:path'
import type { Facts, Report } from '../../../preload/contract'
import { preparedExtension, remediesOf } from '../../preflight'
import { commandLine } from '../../tools/quote'
import { failuresOf } from './words'

interface Checked {
  /** As it was given. */
  given: string
  facts: Facts
  report: Report
}

/** Whether `prepare` has something to do to a file, and ends well. */
export const isPreparable = ({ facts, report }: Checked): boolean =>
  facts.kind !== 'other' &&
  remediesOf(report).length > 0 &&
  failuresOf(report).every(({ remedy }) => remedy !== undefined)

const stemOf = (given: string): string => {
  const { dir, name } = path.parse(given)
  return given.slice(0, given.indexOf(name, dir.length) + name.length)
}

/**
 * The words of the command that applies every remedy of a report, for a shell, without what stands before them.
 * `taken` holds the names that earlier hints have used.
 */
export const prepareWords = (
  { given: asGiven, facts, report }: Checked,
  taken: Set<string> = new Set(),
): string => {
  const given = asGiven.startsWith('-') ? `./${asGiven}` : asGiven // an option otherwise
  const remedies = remediesOf(report)
  const usual = facts.kind === 'image' ? '.png' : '.mp4'
  const fix = { remedies, background: '#000000' }
  const extension = preparedExtension(facts, null, fix) ?? usual
  const name = (number: number) =>
    `${stemOf(given)}-ready${number === 1 ? '' : `-${number}`}${extension}`
  let number = 1
  while (taken.has(name(number))) number++
  taken.add(name(number))
  return commandLine(['prepare', given, '-o', name(number)])
}
