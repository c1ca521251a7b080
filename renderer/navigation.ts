import { create } from 'zustand'

export type View = 'edit' | 'queue' | 'library' | 'settings'

/** The view on screen and what is open in it. */
interface Place {
  view: View
  /** The clip (or image without a clip) that is being edited. */
  clipId: string | null
  /** The job, library entry, Settings section or provider to show in `view`; null for none. */
  target: { view: View; id: string } | null
}

export const usePlace = create<Place>(() => ({ view: 'edit', clipId: null, target: null }))

export const currentPlace = usePlace.getState

/** What is open in a view, by id; null for nothing. */
export const useTarget = (view: View): string | null =>
  usePlace(({ target }) => (target?.view === view ? target.id : null))

/** Shows a view; `id` is a clip in Edit, elsewhere the target. */
export const show = (view: View, id: string | null = null): void =>
  usePlace.setState(({ clipId }) => ({
    view,
    clipId: view === 'edit' && id ? id : clipId,
    target: id && view !== 'edit' ? { view, id } : null,
  }))

/** Chooses the clip to edit, without leaving the view. */
export const chooseClip = (clipId: string | null): void => usePlace.setState({ clipId })
