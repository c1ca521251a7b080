import { useEffect, useMemo } from 'react'
import type { Draft, DraftCheck, MediaItem } from '../../../../preload/contract'
import { draftOf, draftsVersion, loadDraft, useDraftStore } from '../../../data/draft-store'
import { useDraftChecks } from '../../../data/use-drafts'
import { draftsOf } from '../trim/parts'
import type { BatchClip } from './batch-summary'

/** The chosen clips with their drafts and checks. */
export const useBatch = (items: readonly MediaItem[]): BatchClip[] => {
  useEffect(() => {
    for (const { id } of items) void loadDraft(id)
  }, [items])
  const version = useDraftStore(draftsVersion)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the drafts
  const known = useMemo(
    () =>
      items.flatMap((item) => {
        const draft = draftOf(item.id)
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
