import { useMemo } from 'react'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useDraft, useDraftCheck } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { FileActions } from '../clips/file-actions'
import { refusalOf } from '../file-kind'
import { besideClip, type Folded, foldReport, joinFolded, ofClip } from '../preflight/fold-findings'
import { PreflightSection } from '../preflight/preflight-section'
import { SubmitBar } from '../submit/submit-bar'
import { InspectorSections } from './inspector-sections'

const none: readonly never[] = []
const nothing: Folded = { open: [], settled: [], passed: [] }

/** The check of an edit, and the findings of the clip, the edit and the images as one list. */
const useEdit = (item: MediaItem, draft: Draft | undefined) => {
  const media: readonly MediaItem[] = useMedia().data ?? none
  const { check } = useDraftCheck(draft)
  const folded = useMemo((): Folded => {
    const after = (file: MediaItem) =>
      check?.files.find(({ id }) => id === file.id)?.report ?? file.report
    const clipReport = after(item)
    const clip = clipReport
      ? foldReport({ kind: 'clip', id: item.id }, item.report, clipReport)
      : nothing
    const images = (draft?.source.imageIds ?? none).map((id, index) => {
      const image = media.find((one) => one.id === id)
      const report = image ? after(image) : null
      if (!image || !report) return nothing
      return foldReport({ kind: 'image', id, number: index + 1 }, image.report, report)
    })
    const edit = check ? foldReport({ kind: 'edit' }, null, check.report) : nothing
    return joinFolded([clip, besideClip(edit, clip), ...images])
  }, [check, draft?.source.imageIds, item, media])
  return { check, folded }
}

/** The inspector of a clip: preflight, prompt, images, options, and Submit. A useless clip shows its findings only. */
export const EditInspector = ({ item }: { item: MediaItem }) => {
  const draft = useDraft(item.id)
  const { check, folded } = useEdit(item, draft)
  if (!draft) return null
  if (refusalOf(item))
    return (
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
        <PreflightSection draft={draft} folded={ofClip(folded)} item={item} />
        <FileActions item={item} />
      </div>
    )
  return (
    <>
      <InspectorSections check={check} draft={draft}>
        <PreflightSection
          draft={draft}
          folded={folded}
          item={item}
          outcome={check?.files.find(({ id }) => id === item.id)?.outcome}
        />
      </InspectorSections>
      <SubmitBar check={check} draft={draft} open={folded.open} />
    </>
  )
}
