import { useState } from 'react'
import type { Draft, Selection } from '../../../../preload/contract'
import { mostParts } from '../../../../preload/contract/bounds'
import { useChangeSource } from '../../../data/use-drafts'
import { usePlayer } from '../stage/player'
import { type Part, partsOf, withCurrent, withoutPart, withPart } from './parts'
import {
  asSelection,
  movedTo,
  rangeOf,
  type Track,
  windowAt,
  withEnd,
  withStart,
} from './trim-range'

/** The parts of a clip, and what handles, keys and fields do to them. */
export const useTrim = (draft: Draft, track: Track) => {
  const player = usePlayer()
  const change = useChangeSource(draft.id)
  const [fixed, setFixed] = useState<number | null>(null)
  const { source } = draft
  const { selection } = source
  const range = rangeOf(selection, track)
  const parts = partsOf(source, track)
  const setRange = (next: Selection) => change({ selection: asSelection(next, track) })
  const remove = (part: Part) => change((before) => withoutPart(before, part, track))
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
    setRange,
    onStart: (time: number) =>
      setRange(fixed === null ? withStart(range, time, track) : windowAt(time, fixed, track)),
    onEnd: (time: number) =>
      setRange(fixed === null ? withEnd(range, time, track) : windowAt(time - fixed, fixed, track)),
    onMove: (start: number) => setRange(movedTo(range, start, track)),
    onFixed: (seconds: number | null) => {
      setFixed(seconds)
      if (seconds !== null)
        setRange(windowAt(selection ? range.start : player.time, seconds, track))
    },
    onWhole: () => {
      setFixed(null)
      change({ selection: null })
    },
    canAdd: parts.length < mostParts,
    onAdd: () => {
      const more = withPart(source, player.time, track)
      change(more)
      player.pause()
      player.seek(rangeOf(more.selection, track).start)
    },
    choose,
    remove,
    removeCurrent: () => {
      const part = parts[at]
      if (part && parts.length > 1) remove(part)
    },
    chooseNeighbour: (by: 1 | -1) => {
      const part = parts[(at + by + parts.length) % parts.length]
      if (part) choose(part)
    },
  }
}

export type Trim = ReturnType<typeof useTrim>
