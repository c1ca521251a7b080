import { useState } from 'react'
import type { Draft, Selection } from '../../../../preload/contract'
import { useChangeDraft } from '../../../data/use-drafts'
import type { Player } from '../stage/player'
import { mostParts, type Part, partsOf, withCurrent, withoutPart, withPart } from './parts'
import { asSelection, rangeOf, type Track, windowAt, withEnd, withStart } from './trim-range'

/** What the handles, keys and fields do to the parts of a clip. */
export const useTrim = (draft: Draft, track: Track, player: Player) => {
  const change = useChangeDraft(draft.clipId)
  const [fixed, setFixed] = useState<number | null>(null)
  const { selection } = draft
  const range = rangeOf(selection, track)
  const parts = partsOf(draft, track)
  const take = (next: Selection) => change({ selection: asSelection(next, track) })
  const choose = (part: Part) => {
    if (part.current) return
    change((before) => withCurrent(before, part, track))
    player.pause()
    player.seek(part.range.start)
  }
  const at = parts.findIndex(({ current }) => current)
  return {
    range,
    parts,
    fixed,
    take,
    onStart: (time: number) =>
      take(fixed === null ? withStart(range, time, track) : windowAt(time, fixed, track)),
    onEnd: (time: number) =>
      take(fixed === null ? withEnd(range, time, track) : windowAt(time - fixed, fixed, track)),
    onFixed: (seconds: number | null) => {
      setFixed(seconds)
      if (seconds !== null) take(windowAt(selection ? range.start : player.time, seconds, track))
    },
    onWhole: () => {
      setFixed(null)
      change({ selection: null })
    },
    canAdd: parts.length < mostParts,
    onAdd: () => {
      const more = withPart(draft, player.time, track)
      change(more)
      player.pause()
      player.seek(rangeOf(more.selection, track).start)
    },
    choose,
    remove: (part: Part) => change((before) => withoutPart(before, part, track)),
    removeCurrent: () => {
      const part = parts[at]
      if (part && parts.length > 1) change((before) => withoutPart(before, part, track))
    },
    beside: (by: 1 | -1) => {
      const part = parts[(at + by + parts.length) % parts.length]
      if (part) choose(part)
    },
  }
}

export type Trim = ReturnType<typeof useTrim>
