import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Draft, DraftCheck } from '../../preload/contract'
import { answered } from './answer-failure'
import {
  changeDraft,
  draftOf,
  historyOf,
  loadDraft,
  redoDrafts,
  subscribeDrafts,
  undoDrafts,
} from './draft-store'
import { keys } from './keys'

/** All drafts as main keeps them, changed along with the ones on screen. */
export const useDrafts = () =>
  useQuery({ queryKey: keys.drafts, queryFn: () => answered(window.reshoot.drafts.list()) })

/** What is being composed for a clip; undefined until it is loaded. */
export const useDraft = (clipId: string | null): Draft | undefined => {
  useEffect(() => {
    if (clipId) void loadDraft(clipId)
  }, [clipId])
  return useSyncExternalStore(subscribeDrafts, () => (clipId ? draftOf(clipId) : undefined))
}

/** Changes the draft of a clip by fields or by a function of what it was. */
export const useChangeDraft = (clipId: string) =>
  useCallback(
    (change: Partial<Draft> | ((draft: Draft) => Draft)) =>
      changeDraft(clipId, (draft) =>
        typeof change === 'function' ? change(draft) : { ...draft, ...change },
      ),
    [clipId],
  )

/** Steps of a draft that can be taken back or made again. */
export const useDraftHistory = (clipId: string) => {
  const { past, future } = useSyncExternalStore(subscribeDrafts, () => historyOf(clipId))
  return {
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: useCallback(() => undoDrafts(clipId), [clipId]),
    redo: useCallback(() => redoDrafts(clipId), [clipId]),
  }
}

/** The value as it was once it has not changed for so many milliseconds. */
const useSettled = <T>(value: T, milliseconds: number): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), milliseconds)
    return () => window.clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

/** What stands between a draft and its submission, and what it would cost; the last answer stays while typing. */
export const useDraftCheck = (draft: Draft | undefined): { check: DraftCheck | undefined } => {
  const settled = useSettled(draft, 120)
  const query = useQuery({
    queryKey: [...keys.draftChecks, settled],
    queryFn:
      settled === undefined ? skipToken : () => answered(window.reshoot.drafts.check(settled)),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  const sameClip = settled?.clipId === draft?.clipId
  return { check: sameClip ? query.data : undefined }
}

const noDrafts: readonly Draft[] = []

/** The same for several drafts, in their order; undefined until the first answer. */
export const useDraftChecks = (drafts: readonly Draft[]): readonly DraftCheck[] | undefined => {
  const settled = useSettled(drafts.length > 0 ? drafts : noDrafts, 120)
  const query = useQuery({
    queryKey: [...keys.draftChecks, settled],
    queryFn: () => answered(window.reshoot.drafts.checkMany({ drafts: [...settled] })),
    enabled: settled.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return query.data?.length === drafts.length ? query.data : undefined
}

/** The same by clip, for drafts of different clips. */
export const useChecksByClip = (
  drafts: readonly Draft[],
): ReadonlyMap<string, DraftCheck> | undefined => {
  const settled = useSettled(drafts, 120)
  const query = useQuery({
    queryKey: [...keys.draftChecks, settled, 'by-clip'],
    queryFn: async () => {
      const checks = await answered(window.reshoot.drafts.checkMany({ drafts: [...settled] }))
      return new Map(
        settled.flatMap(({ clipId }, index) => {
          const check = checks[index]
          return check ? [[clipId, check] as const] : []
        }),
      )
    },
    enabled: settled.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return query.data
}
