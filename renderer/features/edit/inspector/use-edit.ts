import { useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useDraftCheck } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { besideClip, type Folded, foldReport, joinFolded } from '../preflight/fold-findings'

const none: readonly never[] = []
const nothing: Folded = { open: [], settled: [], passed: [] }

/** Everything the inspector says of an edit: its check, and the findings of all its files as one list. */
export const useEdit = (item: MediaItem, draft: Draft | undefined) => {
  const media: readonly MediaItem[] = useMedia().data ?? none
  const { check } = useDraftCheck(draft)
  const folded = useMemo((): Folded => {
    const after = (file: MediaItem) =>
      check?.files.find(({ id }) => id === file.id)?.report ?? file.report
    const clipReport = after(item)
    const clip = clipReport
      ? foldReport({ kind: 'clip', id: item.id }, item.report, clipReport)
      : nothing
    const images = (draft?.imageIds ?? none).map((id, index) => {
      const image = media.find((one) => one.id === id)
      const report = image ? after(image) : null
      if (!image || !report) return nothing
      return foldReport({ kind: 'image', id, number: index + 1 }, image.report, report)
    })
    const edit = check ? foldReport({ kind: 'edit' }, null, check.report) : nothing
    return joinFolded([clip, besideClip(edit, clip), ...images])
  }, [check, draft?.imageIds, item, media])
  return { check, folded }
}
