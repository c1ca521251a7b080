import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LibraryQuery } from '../../preload/contract'
import { client, keys, useCall } from './client'
import { reloadDraft } from './draft-store'
import { answered } from './failures'

/** The results that match, newest first; the last answer stays until the next one arrives. */
export const useLibrary = (query: LibraryQuery) =>
  useQuery({
    queryKey: [...keys.library, query],
    queryFn: () => answered(window.reshoot.library.list(query)),
    placeholderData: keepPreviousData,
  })

/** The sums billed by each provider in each month; fetched again after every new result. */
export const useTotals = () =>
  useQuery({
    queryKey: keys.totals,
    queryFn: () => answered(window.reshoot.library.totals()),
  })

export const useRevealResult = () => useCall((id: string) => window.reshoot.library.reveal({ id }))

/** Opens the Save dialog and copies the file; `fileName` is null when it is dismissed. */
export const useSaveAs = () => useCall((id: string) => window.reshoot.library.saveAs({ id }))

/** Starts dragging the file out of the window. */
export const useDragOut = () => useCall((id: string) => window.reshoot.library.drag({ id }))

export const useTrashResults = () =>
  useCall((ids: readonly string[]) => window.reshoot.library.trash({ ids: [...ids] }), {
    onSuccess: () => client.invalidateQueries({ queryKey: keys.library }),
  })

/** Makes a draft with the result's settings on the same clip; gives the clip's id, null when its files were refused. */
export const useEditAgain = () =>
  useCall((id: string) => window.reshoot.library.editAgain({ id }), {
    // Main has written the draft, so the window's copy is out of date.
    onSuccess: async ({ clipId }) => {
      if (clipId !== null) await reloadDraft(clipId)
    },
  })
