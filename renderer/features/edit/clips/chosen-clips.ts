import { create } from 'zustand'
import {
  type Chosen,
  chooseAll,
  chooseOnly,
  extendTo,
  keepKnown,
  nothingChosen,
  toggle,
} from '../../../chosen-rows'
import { chooseClip, currentPlace, usePlace } from '../../../navigation'

const useChosen = create<Chosen>(() => nothingChosen)

const { getState, setState: choose } = useChosen

/** The chosen clips if the current clip is one of them, else the current clip alone. */
const withCurrentClip = (chosen: Chosen, clipId: string | null): Chosen => {
  if (clipId === null) return nothingChosen
  return chosen.ids.has(clipId) ? chosen : chooseOnly(clipId)
}

const chosenNow = (): Chosen => withCurrentClip(getState(), currentPlace().clipId)

/** The ids of the chosen clips. The current clip is always one of them. */
export const useChosenClips = (): ReadonlySet<string> =>
  withCurrentClip(useChosen(), usePlace().clipId).ids

/** Chooses one clip. */
export const chooseOneClip = (id: string): void => {
  choose(chooseOnly(id))
  chooseClip(id)
}

/** Adds or removes a clip, like Ctrl-click. The last clip stays. */
export const toggleClip = (id: string): void => {
  const { clipId } = currentPlace()
  const next = toggle(chosenNow(), id)
  if (next.ids.size === 0) return
  choose(next)
  const wanted = next.ids.has(id) ? id : clipId
  const current = wanted !== null && next.ids.has(wanted) ? wanted : [...next.ids].at(-1)
  if (current !== undefined) chooseClip(current)
}

/** Chooses the range from the anchor to this clip, like Shift-click. */
export const extendClips = (id: string, order: readonly string[]): void => {
  choose(extendTo(chosenNow(), id, order))
  chooseClip(id)
}

export const chooseAllClips = (order: readonly string[]): void => {
  const [first] = order
  if (first === undefined) return
  const { clipId } = currentPlace()
  choose(chooseAll(chosenNow(), order))
  if (clipId === null || !order.includes(clipId)) chooseClip(first)
}

/** Chooses the current clip only. */
export const chooseCurrentClip = (): void => {
  const { clipId } = currentPlace()
  if (clipId !== null) choose(chooseOnly(clipId))
}

/** Chooses no longer what is not among these rows. */
export const keepClips = (rows: readonly string[]): void => {
  const chosen = getState()
  const kept = keepKnown(chosen, [], rows)
  if (kept.ids.size < chosen.ids.size) choose(kept)
}
