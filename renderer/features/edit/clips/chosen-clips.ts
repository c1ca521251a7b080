import { useSyncExternalStore } from 'react'
import {
  type Chosen,
  chooseAll,
  chooseOnly,
  extendTo,
  nothingChosen,
  toggle,
} from '../../../chosen-rows'
import { chooseClip, currentPlace, usePlace } from '../../../navigation'

let chosen: Chosen = nothingChosen
const listeners = new Set<() => void>()

const choose = (next: Chosen) => {
  chosen = next
  for (const listener of listeners) listener()
}

/** What was chosen, as long as the clip at hand is among it; else that clip alone. */
const effective = (clipId: string | null): Chosen => {
  if (clipId === null) return nothingChosen
  return chosen.ids.has(clipId) ? chosen : chooseOnly(clipId)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The clips that are chosen, the one at hand among them. */
export const useChosenClips = (): ReadonlySet<string> => {
  const { clipId } = usePlace()
  const now = useSyncExternalStore(subscribe, () => chosen)
  return clipId !== null && now.ids.has(clipId) ? now.ids : effective(clipId).ids
}

/** One clip alone. */
export const chooseOneClip = (id: string): void => {
  choose(chooseOnly(id))
  chooseClip(id)
}

/** In or out, as Ctrl-click does; the last one stays. */
export const toggleClip = (id: string): void => {
  const { clipId } = currentPlace()
  const next = toggle(effective(clipId), id)
  if (next.ids.size === 0) return
  choose(next)
  const hand = next.ids.has(id) ? id : clipId
  const stays = hand !== null && next.ids.has(hand) ? hand : [...next.ids].at(-1)
  if (stays !== undefined) chooseClip(stays)
}

/** From where the choice began to this clip, as Shift-click does. */
export const extendClips = (id: string, order: readonly string[]): void => {
  choose(extendTo(effective(currentPlace().clipId), id, order))
  chooseClip(id)
}

export const chooseAllClips = (order: readonly string[]): void => {
  const [first] = order
  if (first === undefined) return
  const { clipId } = currentPlace()
  choose(chooseAll(effective(clipId), order))
  if (clipId === null || !order.includes(clipId)) chooseClip(first)
}

/** Back to the clip at hand. */
export const chooseCurrentClip = (): void => {
  const { clipId } = currentPlace()
  if (clipId !== null) choose(chooseOnly(clipId))
}
