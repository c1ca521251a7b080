import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Draft, DraftCheck, DraftSource } from '../../preload/contract'
import { keys } from './client'
import { checkDrafts, useChecksVersion } from './draft-checks'
import {
  changeDraft,
  draftOfClip,
  historyOf,
  loadDraft,
  redoDrafts,
  undoDrafts,
  useDraftStore,
} from './draft-store'
import { answered, reportFailure } from './failures'

/** All drafts as main has stored them, with the changes made on screen. */
export const useDrafts = () =>
  useQuery({ queryKey: keys.drafts, queryFn: () => answered(window.reshoot.drafts.list()) })

/** The draft of a clip; undefined until it is loaded. */
export const useDraft = (clipId: string | null): Draft | undefined => {
  useEffect(() => {
    if (clipId) void loadDraft(clipId)
  }, [clipId])
  return useDraftStore(() => (clipId ? draftOfClip(clipId) : undefined))
}

/** A change by members, or by a function of the value before. */
type Change<T> = Partial<T> | ((before: T) => T)

const changed = <T extends object>(before: T, change: Change<T>): T =>
  typeof change === 'function' ? change(before) : { ...before, ...change }

/** Changes a draft. */
export const useChangeDraft = (id: string) =>
  useCallback((change: Change<Draft>) => changeDraft(id, (draft) => changed(draft, change)), [id])

/** Changes what a draft is made from. */
export const useChangeSource = (id: string) =>
  useCallback(
    (change: Change<DraftSource>) =>
      changeDraft(id, (draft) => ({ ...draft, source: changed(draft.source, change) })),
    [id],
  )

/** Undo and redo of a draft. */
export const useDraftHistory = (id: string) => {
  const { past, future } = useDraftStore(() => historyOf(id))
  return {
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: useCallback(() => undoDrafts(id), [id]),
    redo: useCallback(() => redoDrafts(id), [id]),
  }
}

/** The value, delayed until it has stayed the same for some milliseconds. */
const useSettled = <T>(value: T, milliseconds: number): T => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), milliseconds)
    return () => window.clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

/** What blocks a draft's submission, and its estimate; the last answer stays while the person types. */
export const useDraftCheck = (draft: Draft | undefined): { check: DraftCheck | undefined } => {
  const settled = useSettled(draft, 120)
  const { data } = useQuery({
    queryKey: [...keys.draftChecks, settled],
    queryFn:
      settled === undefined ? skipToken : () => answered(window.reshoot.drafts.check(settled)),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return { check: settled?.id === draft?.id ? data : undefined }
}

interface Answers {
  of: readonly Draft[]
  checks: readonly DraftCheck[]
}

const noDrafts: readonly Draft[] = []

const isSame = <T>(before: readonly T[] | undefined, now: readonly T[]): boolean =>
  before?.length === now.length && before.every((one, index) => one === now[index])

/** The last answers about several drafts; while the drafts change, these are about their previous values. */
const useAnswers = (drafts: readonly Draft[]): Answers | undefined => {
  const settled = useSettled(drafts.length > 0 ? drafts : noDrafts, 120)
  const version = useChecksVersion()
  const [answers, setAnswers] = useState<Answers>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: answers change with the version
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

/** `useDraftCheck` for several drafts, in their order; undefined until the first answer about these drafts. */
export const useDraftChecks = (drafts: readonly Draft[]): readonly DraftCheck[] | undefined => {
  const answers = useAnswers(drafts)
  const isOfThese =
    answers?.of.length === drafts.length &&
    answers.of.every(({ id }, index) => id === drafts[index]?.id)
  return isOfThese ? answers.checks : undefined
}

/** `useDraftCheck` for drafts of different clips, by clip. */
export const useChecksByClip = (drafts: readonly Draft[]): ReadonlyMap<string, DraftCheck> => {
  const answers = useAnswers(drafts)
  return useMemo(
    () =>
      new Map(
        answers?.of.flatMap(({ source: { clipId } }, index) => {
          const check = answers.checks[index]
          return check ? [[clipId, check] as const] : []
        }),
      ),
    [answers],
  )
}
