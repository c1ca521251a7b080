import { queryOptions, skipToken, useMutation, useQuery } from '@tanstack/react-query'
import type { Fix, MediaItem, Selection } from '../../preload/contract'
import { client, keys, putInList, removeFromList, useCall } from './client'
import { answered } from './failures'
import { cancelOperation, endOperation, newOperationId, setOperation } from './operations'

/** Files that are added, or added again, are first in the list. */
export const rememberMedia = (items: readonly MediaItem[]) => {
  removeFromList(
    keys.media,
    items.map(({ id }) => id),
  )
  putInList(keys.media, items)
}

const list = { queryKey: keys.media, queryFn: () => answered(window.reshoot.media.list()) }

/** All clips and images that were added, those added last first. */
export const useMedia = () => useQuery(list)

/** One file; undefined until it is loaded. */
export const useMediaItem = (id: string | null): MediaItem | undefined =>
  useQuery({ ...list, select: (items) => items.find((item) => item.id === id) }).data

export const knownMedia = (): MediaItem[] => client.getQueryData<MediaItem[]>(keys.media) ?? []

/** Adds dropped, pasted or chosen files. */
export const useAddFiles = () =>
  useCall((files: readonly File[]) => window.reshoot.addFiles(files), { onSuccess: rememberMedia })

/** Opens the Open dialog and adds the chosen files; the list is empty when it is dismissed. */
export const useOpenFiles = () =>
  useCall((what: 'any' | 'clips' | 'images') => window.reshoot.media.open({ what }), {
    onSuccess: rememberMedia,
  })

export const useAddSample = () =>
  useCall(() => window.reshoot.media.addSample(), { onSuccess: (item) => rememberMedia([item]) })

/** Removes files from the app; on disk they stay. */
export const useRemoveMedia = () =>
  useCall((ids: readonly string[]) => window.reshoot.media.remove({ ids: [...ids] }), {
    onSuccess: (_, ids) => removeFromList(keys.media, ids),
  })

export const useCheckAgain = () =>
  useCall((ids: readonly string[]) => window.reshoot.media.check({ ids: [...ids] }))

export const useRevealMedia = () => useCall((id: string) => window.reshoot.media.reveal({ id }))

/** Milliseconds between requests for a filmstrip while it is being made. */
const stripInterval = 120

/** A query about a clip, which asks nothing without a clip. The screen shows its failure itself. */
const aboutClip = <T>(
  what: string,
  [id, track]: readonly [string | null, number?],
  ask: (id: string, signal: AbortSignal) => Promise<T>,
) =>
  queryOptions({
    queryKey: [what, id, track],
    queryFn: id === null ? skipToken : ({ signal }) => ask(id, signal),
    meta: { quiet: true },
  })

/** The filmstrip of a video track; its tiles arrive one by one while it is being made. */
export const useFilmstrip = (id: string | null, track: number) =>
  useQuery({
    ...aboutClip('filmstrip', [id, track], (id) =>
      answered(window.reshoot.media.filmstrip({ id, track, wait: false })),
    ),
    refetchInterval: ({ state }) => (state.data?.tiles ? stripInterval : false),
  })

/** A URL that the player can play; `operationId` tells the progress of making a proxy. */
export const usePlayUrl = (id: string | null, track: number, operationId: string) =>
  useQuery(
    aboutClip('play-url', [id, track], (id) =>
      answered(window.reshoot.media.playUrl({ id, track, operationId })).finally(() =>
        endOperation(operationId),
      ),
    ),
  )

/** Loudness over time. */
export const useWaveform = (id: string | null) =>
  useQuery(aboutClip('waveform', [id], (id) => answered(window.reshoot.media.waveform({ id }))))

/** The times of scene changes. */
export const useScenes = (id: string | null, track: number) =>
  useQuery(
    aboutClip('scenes', [id, track], (id) => answered(window.reshoot.media.scenes({ id, track }))),
  )

/** The URL of a copy for fast seeking; making it stops when the clip is no longer shown. */
export const useScrubUrl = (id: string | null, track: number) =>
  useQuery(
    aboutClip('scrub-url', [id, track], async (id, signal) => {
      const operationId = newOperationId()
      signal.addEventListener('abort', () => cancelOperation(operationId), { once: true })
      return (await answered(window.reshoot.media.scrubUrl({ id, track, operationId }))).url
    }),
  )

/** Makes the prepared file of a selection and a fix, so that the person can look at it. */
export const usePrepare = () =>
  useMutation({
    mutationFn: (input: {
      id: string
      selection: Selection | null
      fix: Fix
      operationId: string
    }) => {
      setOperation(input.operationId, null)
      return answered(window.reshoot.media.prepare(input)).finally(() =>
        endOperation(input.operationId),
      )
    },
  })
