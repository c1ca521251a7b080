import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Draft, DraftCheck } from '../../preload/contract'
import { answered } from './answer-failure'
import { checkDrafts, checksVersion, subscribeChecks } from './draft-checks'
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
import { reportFailure } from './report-failure'

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

interface Answers {
  of: readonly Draft[]
  checks: readonly DraftCheck[]
}

const noDrafts: readonly Draft[] = []

const isSame = <T>(before: readonly T[] | undefined, now: readonly T[]): boolean =>
  before?.length === now.length && before.every((one, index) => one === now[index])

/** The last answers about several drafts; while they change, those about what they were. */
const useAnswers = (drafts: readonly Draft[]): Answers | undefined => {
  const settled = useSettled(drafts.length > 0 ? drafts : noDrafts, 120)
  const version = useSyncExternalStore(subscribeChecks, checksVersion)
  const [answers, setAnswers] = useState<Answers>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what answers depend on
  useEffect(() => {
    let isLatest = true
    checkDrafts(settled).then(
      (checks) =>
        isLatest &&
        setAnswers((before) =>
          isSame(before?.of, settled) && isSame(before?.checks, checks)
            ? before
            : { of: settled, checks },
        ),
      (error: unknown) => isLatest && reportFailure(error),
    )
    return () => {
      isLatest = false
    }
  }, [settled, version])
  return answers
}

/** The same for several drafts, in their order; undefined until the first answer about these clips. */
export const useDraftChecks = (drafts: readonly Draft[]): readonly DraftCheck[] | undefined => {
  const answers = useAnswers(drafts)
  const isOfThese =
    answers?.of.length === drafts.length &&
    answers.of.every(({ clipId }, index) => clipId === drafts[index]?.clipId)
  return isOfThese ? answers.checks : undefined
}

/** The same by clip, for drafts of different clips. */
export const useChecksByClip = (drafts: readonly Draft[]): ReadonlyMap<string, DraftCheck> => {
  const answers = useAnswers(drafts)
  return useMemo(
    () =>
      new Map(
        answers?.of.flatMap(({ clipId }, index) => {
          const check = answers.checks[index]
          return check ? [[clipId, check] as const] : []
        }),
      ),
    [answers],
  )
}
