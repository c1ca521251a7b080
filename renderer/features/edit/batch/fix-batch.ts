import type { Draft, DraftCheck, Facts, Remedy } from '../../../../preload/contract'
import { isChosen, remediesFor, withRemedy } from '../preflight/remedies'

/** Settling one finding may bring up the next, for example a size after a change of codec. */
export const mostRounds = 4

/** The remedies that a check asks for, for each file; where there are two ways, the first. */
export const wantedFixes = (draft: Draft, check: DraftCheck): { id: string; remedy: Remedy }[] =>
  check.files.flatMap(({ id, report }) =>
    report.findings.flatMap((finding) => {
      const [remedy] = remediesFor(finding)
      const isOpen = finding.level === 'fail' || finding.level === 'warn'
      if (!isOpen || remedy === undefined || isChosen(draft, id, finding)) return []
      return [{ id, remedy }]
    }),
  )

const fixedOnce = (
  draft: Draft,
  check: DraftCheck | undefined,
  factsOf: (id: string) => Facts | null,
): Draft =>
  check
    ? wantedFixes(draft, check).reduce(
        (next, { id, remedy }) => withRemedy(next, { id, facts: factsOf(id) }, remedy, 0),
        draft,
      )
    : draft

/**
 * Chooses remedies for every draft until none is asked for any more.
 *
 * A trim takes the first 10 s. `check` gives the checks of drafts in their order.
 */
export const fixedDrafts = async (
  drafts: readonly Draft[],
  factsOf: (id: string) => Facts | null,
  check: (drafts: readonly Draft[]) => Promise<readonly DraftCheck[]>,
): Promise<Draft[]> => {
  let now = [...drafts]
  for (let round = 0; round < mostRounds; round += 1) {
    const checks = await check(now)
    const next = now.map((draft, index) => fixedOnce(draft, checks[index], factsOf))
    if (next.every((draft, index) => draft === now[index])) break
    now = next
  }
  return now
}
