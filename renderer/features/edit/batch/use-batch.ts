import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck, Facts, MediaItem } from '../../../../preload/contract'
import { checkDrafts } from '../../../data/draft-checks'
import {
  changeDrafts,
  draftOfClip,
  draftsVersion,
  loadDraft,
  undoDrafts,
  useDraftStore,
} from '../../../data/draft-store'
import { reportFailure } from '../../../data/failures'
import { useDraftChecks } from '../../../data/use-drafts'
import { knownMedia } from '../../../data/use-media'
import { toast } from '../../../ui/toast-store'
import { type RemedyChoice, wantedRemedy, withRemedies } from '../preflight/remedies'
import { draftsOf } from '../trim/parts'
import { type BatchClip, following } from './batch-summary'

/** How often drafts are checked and fixed: one fix can cause another finding, for example a size after re-encoding. */
export const mostRounds = 4

/** The remedies that "Fix all" chooses for a draft. */
export const wantedFixes = (draft: Draft, check: DraftCheck | undefined): RemedyChoice[] =>
  (check?.files ?? []).flatMap(({ id, report }) =>
    report.findings.flatMap((finding) => wantedRemedy(draft, id, finding)),
  )

/**
 * Chooses remedies for all drafts until nothing more can be fixed. A trim starts at 0.
 *
 * `check` gives the checks of the drafts in the same order.
 */
export const fixedDrafts = async (
  drafts: readonly Draft[],
  factsOf: (id: string) => Facts | null,
  check: (drafts: readonly Draft[]) => Promise<readonly DraftCheck[]>,
): Promise<Draft[]> => {
  let now = [...drafts]
  for (let round = 0; round < mostRounds; round += 1) {
    const checks = await check(now)
    const next = now.map((draft, index) =>
      withRemedies(draft, wantedFixes(draft, checks[index]), factsOf, 0),
    )
    if (next.every((draft, index) => draft === now[index])) break
    now = next
  }
  return now
}

/** The actions for all chosen clips. */
export const useBatchActions = (clips: readonly BatchClip[]) => {
  const { t } = useTranslation()
  const [fixing, setFixing] = useState(false)
  /** Changes several drafts at once, with one Undo for all. */
  const changeAll = (drafts: readonly Draft[], text: string) => {
    changeDrafts(drafts)
    const undo = () => undoDrafts(...drafts.map(({ id }) => id))
    toast({ level: 'pass', text, action: { label: t('common.undo'), run: undo } })
  }
  const fixAll = async () => {
    setFixing(true)
    try {
      const drafts = clips.map(({ draft }) => draft)
      const media = new Map(knownMedia().map((item) => [item.id, item.facts]))
      const fixed = await fixedDrafts(drafts, (id) => media.get(id) ?? null, checkDrafts)
      const changed = fixed.filter((draft, index) => draft !== drafts[index])
      if (changed.length > 0) changeAll(changed, t('edit.batch.fixed', { count: changed.length }))
    } catch (error) {
      reportFailure(error)
    } finally {
      setFixing(false)
    }
  }
  const apply = (pattern: Draft) => {
    const others = clips.filter(({ draft }) => draft.id !== pattern.id)
    changeAll(
      others.map(({ draft }) => following(draft, pattern)),
      t('edit.batch.applied', { count: others.length }),
    )
  }
  return { fixAll, fixing, apply }
}

export type BatchActions = ReturnType<typeof useBatchActions>

/** The chosen clips with their drafts and checks. Clips without a loaded draft are left out. */
export const useBatch = (items: readonly MediaItem[]): BatchClip[] => {
  useEffect(() => {
    for (const { id } of items) void loadDraft(id)
  }, [items])
  const version = useDraftStore(draftsVersion)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version changes whenever a draft changes
  const known = useMemo(
    () =>
      items.flatMap((item) => {
        const draft = draftOfClip(item.id)
        return draft ? [{ item, draft, parts: draftsOf(draft) }] : []
      }),
    [items, version],
  )
  const edits = useMemo(() => known.flatMap(({ parts }): Draft[] => parts), [known])
  const checks = useDraftChecks(edits)
  return useMemo(() => {
    let at = 0
    return known.map(({ item, draft, parts }) => {
      const own: readonly DraftCheck[] | undefined = checks?.slice(at, at + parts.length)
      at += parts.length
      return { item, draft, checks: own }
    })
  }, [known, checks])
}
