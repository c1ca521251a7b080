import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LibraryQuery } from '../../preload/contract'
import { client, keys, useCall } from './client'
import { replaceDraft } from './draft-store'
import { answered } from './failures'
import { rememberMedia } from './use-media'

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

/** Opens the Save dialog and writes the frame at a time (seconds); `fileName` is null when it is dismissed. */
export const useSaveFrame = () =>
  useCall((input: { id: string; time: number }) => window.reshoot.library.saveFrame(input))

/** Adds the result to the clips; gives the clip. */
export const useResultAsClip = () =>
  useCall((id: string) => window.reshoot.library.addAsClip({ id }), {
    onSuccess: (item) => rememberMedia([item]),
  })

/** Starts dragging the file out of the window. */
export const useDragOut = () => useCall((id: string) => window.reshoot.library.drag({ id }))

export const useTrashResults = () =>
  useCall((ids: readonly string[]) => window.reshoot.library.trash({ ids: [...ids] }), {
    onSuccess: () => client.invalidateQueries({ queryKey: keys.library }),
  })

/** Gives the clip's draft the settings of the result, as one undo step; null when the person refuses its files. */
export const useEditAgain = () =>
  useCall((id: string) => window.reshoot.library.editAgain({ id }), {
    onSuccess: async (made) => {
      if (made) await replaceDraft(made)
    },
  })
