import { useSyncExternalStore } from 'react'

export type View = 'edit' | 'queue' | 'library' | 'settings'

/** Where the person is: a view, and what is chosen in it. */
export interface Place {
  view: View
  /** Clip (or waiting image) that is being edited. */
  clipId: string | null
  /** Job, library entry, or section or provider of Settings to be shown, by view; null when none is asked for. */
  target: { view: View; id: string } | null
}

let place: Place = { view: 'edit', clipId: null, target: null }
const listeners = new Set<() => void>()

const go = (next: Place) => {
  place = next
  for (const listener of listeners) listener()
}

/** Shows a view; in Edit `id` is a clip, elsewhere a job or a library entry. */
export const show = (view: View, id: string | null = null): void =>
  go({
    view,
    clipId: view === 'edit' && id ? id : place.clipId,
    target: id && view !== 'edit' ? { view, id } : null,
  })

/** Chooses what is edited, without leaving the view. */
export const chooseClip = (clipId: string | null): void => go({ ...place, clipId })

export const currentPlace = (): Place => place

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, currentPlace)
