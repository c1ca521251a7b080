import { skipToken, useMutation, useQuery } from '@tanstack/react-query'
import type { Fix, MediaItem, Selection } from '../../preload/contract'
import { answered } from './answer-failure'
import { client } from './client'
import { keys } from './keys'
import { withItems, withoutIds } from './list-cache'
import { cancelOperation, endOperation, newOperationId, setOperation } from './operations'

const remember = (items: readonly MediaItem[]) =>
  client.setQueryData<MediaItem[]>(keys.media, (list) => withItems(list ?? [], items))

/** Every file the person gave to the app, in the order it came. */
export const useMedia = () =>
  useQuery({ queryKey: keys.media, queryFn: () => answered(window.reshoot.media.list()) })

/** One file; undefined while it is not known. */
export const useMediaItem = (id: string | null): MediaItem | undefined =>
  useQuery({
    queryKey: keys.media,
    queryFn: () => answered(window.reshoot.media.list()),
    select: (list) => list.find((item) => item.id === id),
  }).data

export const knownMedia = (): MediaItem[] => client.getQueryData<MediaItem[]>(keys.media) ?? []

/** Dropped, pasted or chosen files. */
export const useAddFiles = () =>
  useMutation({
    mutationFn: (files: readonly File[]) => answered(window.reshoot.addFiles(files)),
    onSuccess: remember,
  })

/** The Open dialog; empty when it was dismissed. */
export const useOpenFiles = () =>
  useMutation({
    mutationFn: (what: 'any' | 'clips' | 'images') => answered(window.reshoot.media.open({ what })),
    onSuccess: remember,
  })

export const useAddSample = () =>
  useMutation({
    mutationFn: () => answered(window.reshoot.media.addSample()),
    onSuccess: (item) => remember([item]),
  })

/** Forgets files in the app; the files themselves stay. */
export const useRemoveMedia = () =>
  useMutation({
    mutationFn: (ids: readonly string[]) =>
      answered(window.reshoot.media.remove({ ids: [...ids] })),
    onSuccess: (_, ids) =>
      client.setQueryData<MediaItem[]>(keys.media, (list) => withoutIds(list ?? [], ids)),
  })

export const useCheckAgain = () =>
  useMutation({
    mutationFn: (ids: readonly string[]) => answered(window.reshoot.media.check({ ids: [...ids] })),
  })

export const useRevealMedia = () =>
  useMutation({ mutationFn: (id: string) => answered(window.reshoot.media.reveal({ id })) })

/** Milliseconds until a strip that is being made is asked for again. */
const stripPace = 120

/** The strip of stills of a video track under the player, tile by tile while it is being made; none where none can be made. */
export const useFilmstrip = (id: string | null, track: number) =>
  useQuery({
    queryKey: keys.filmstrip(id ?? '', track),
    queryFn:
      id === null
        ? skipToken
        : () => answered(window.reshoot.media.filmstrip({ id, track, wait: false })),
    refetchInterval: ({ state }) => (state.data?.tiles ? stripPace : false),
    meta: { quiet: true },
  })

/** URL that the player can show; making a proxy is an operation under `operationId`. */
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

/** Loudness over time; nothing is drawn where it cannot be measured. */
export const useWaveform = (id: string | null) =>
  useQuery({
    queryKey: keys.waveform(id ?? ''),
    queryFn: id === null ? skipToken : () => answered(window.reshoot.media.waveform({ id })),
    meta: { quiet: true },
  })

/** Where scenes change; no markers where that cannot be told. */
export const useScenes = (id: string | null, track: number) =>
  useQuery({
    queryKey: keys.scenes(id ?? '', track),
    queryFn: id === null ? skipToken : () => answered(window.reshoot.media.scenes({ id, track })),
    meta: { quiet: true },
  })

/** URL of a copy that follows the pointer, made for as long as somebody looks at the clip. */
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

export interface PrepareInput {
  id: string
  selection: Selection | null
  fix: Fix
  operationId: string
}

/** Makes the outcome of selection and fix now, so that it can be looked at. */
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

export { newOperationId }
