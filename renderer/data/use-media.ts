import { skipToken, useMutation, useQuery } from '@tanstack/react-query'
import type { Fix, MediaItem, Selection } from '../../preload/contract'
import { client, keys, putInList, removeFromList, useCall } from './client'
import { answered } from './failures'
import { cancelOperation, endOperation, newOperationId, setOperation } from './operations'

const remember = (items: readonly MediaItem[]) => putInList(keys.media, items)

const list = { queryKey: keys.media, queryFn: () => answered(window.reshoot.media.list()) }

/** All clips and images that were added, in the order in which they were added. */
export const useMedia = () => useQuery(list)

/** One file; undefined until it is loaded. */
export const useMediaItem = (id: string | null): MediaItem | undefined =>
  useQuery({ ...list, select: (items) => items.find((item) => item.id === id) }).data

export const knownMedia = (): MediaItem[] => client.getQueryData<MediaItem[]>(keys.media) ?? []

/** Adds dropped, pasted or chosen files. */
export const useAddFiles = () =>
  useCall((files: readonly File[]) => window.reshoot.addFiles(files), { onSuccess: remember })

/** Opens the Open dialog and adds the chosen files; the list is empty when it is dismissed. */
export const useOpenFiles = () =>
  useCall((what: 'any' | 'clips' | 'images') => window.reshoot.media.open({ what }), {
    onSuccess: remember,
  })

export const useAddSample = () =>
  useCall(() => window.reshoot.media.addSample(), { onSuccess: (item) => remember([item]) })

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

/** The filmstrip of a video track; its tiles arrive one by one while it is being made. */
export const useFilmstrip = (id: string | null, track: number) =>
  useQuery({
    queryKey: keys.filmstrip(id ?? '', track),
    queryFn:
      id === null
        ? skipToken
        : () => answered(window.reshoot.media.filmstrip({ id, track, wait: false })),
    refetchInterval: ({ state }) => (state.data?.tiles ? stripInterval : false),
    meta: { quiet: true },
  })

/** A URL that the player can play; `operationId` tells the progress of making a proxy. */
export const usePlayUrl = (id: string | null, track: number, operationId: string) =>
  useQuery({
    queryKey: keys.playUrl(id ?? '', track),
    queryFn:
      id === null
        ? skipToken
        : async () => {
            try {
              return await answered(window.reshoot.media.playUrl({ id, track, operationId }))
            } finally {
              endOperation(operationId)
            }
          },
    meta: { quiet: true },
  })

/** Loudness over time. */
export const useWaveform = (id: string | null) =>
  useQuery({
    queryKey: keys.waveform(id ?? ''),
    queryFn: id === null ? skipToken : () => answered(window.reshoot.media.waveform({ id })),
    meta: { quiet: true },
  })

/** The times of scene changes. */
export const useScenes = (id: string | null, track: number) =>
  useQuery({
    queryKey: keys.scenes(id ?? '', track),
    queryFn: id === null ? skipToken : () => answered(window.reshoot.media.scenes({ id, track })),
    meta: { quiet: true },
  })

/** The URL of a copy for fast seeking; making it stops when the clip is no longer shown. */
export const useScrubUrl = (id: string | null, track: number) =>
  useQuery({
    queryKey: keys.scrubUrl(id ?? '', track),
    queryFn:
      id === null
        ? skipToken
        : async ({ signal }) => {
            const operationId = newOperationId()
            signal.addEventListener('abort', () => cancelOperation(operationId), { once: true })
            return (await answered(window.reshoot.media.scrubUrl({ id, track, operationId }))).url
          },
    meta: { quiet: true },
  })

interface PrepareInput {
  id: string
  selection: Selection | null
  fix: Fix
  operationId: string
}

/** Makes the prepared file of a selection and a fix, so that the person can look at it. */
export const usePrepare = () =>
  useMutation({
    mutationFn: async ({ operationId, ...input }: PrepareInput) => {
      setOperation(operationId, null)
      try {
        return await answered(window.reshoot.media.prepare({ ...input, operationId }))
      } finally {
        endOperation(operationId)
      }
    },
  })
