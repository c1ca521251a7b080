import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { LibraryQuery } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { reloadDraft } from './draft-store'
import { keys } from './keys'

/** Results that match, newest first; the last answer stays while the next one comes. */
export const useLibrary = (query: LibraryQuery) =>
  useQuery({
    queryKey: [...keys.library, 'list', query],
    queryFn: () => answered(window.reshoot.library.list(query)),
    placeholderData: keepPreviousData,
  })

/** What each provider billed by month; known anew with every result. */
export const useTotals = () =>
  useQuery({
    queryKey: keys.totals,
    queryFn: () => answered(window.reshoot.library.totals()),
  })

export const useRevealResult = () =>
  useMutation({ mutationFn: (id: string) => answered(window.reshoot.library.reveal({ id })) })

/** Asks where to and copies; `fileName` is null when dismissed. */
export const useSaveAs = () =>
  useMutation({ mutationFn: (id: string) => answered(window.reshoot.library.saveAs({ id })) })

/** Starts dragging the file out of the window. */
export const useDragOut = () =>
  useMutation({ mutationFn: (id: string) => answered(window.reshoot.library.drag({ id })) })

export const useTrashResults = () =>
  useMutation({
    mutationFn: (ids: readonly string[]) =>
      answered(window.reshoot.library.trash({ ids: [...ids] })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.library }),
  })

/** The same settings on the same clip as a draft; gives the clip to show. */
export const useEditAgain = () =>
  useMutation({
    mutationFn: (id: string) => answered(window.reshoot.library.editAgain({ id })),
    // Main has written the draft: what this window knew of it is old.
    onSuccess: ({ clipId }) => reloadDraft(clipId),
  })
