import type { Draft, DraftCheck, Selection } from '../../preload/contract'
import { fixOf, noFix } from './draft-check'
import { EditError } from './edit-error'
import type { EditSpec, FileSpec } from './edit-spec'
import { stateOf } from './media-shelf'

/** A file of an edit as the disk has it now. Throws an `EditError` when it is gone. */
export const fileSpecOf = (
  mediaId: string | null,
  path: string,
  name: string,
  fix: FileSpec['fix'] = noFix,
): FileSpec => {
  const { bytes, modifiedAt } = stateOf(path)
  if (bytes === null || modifiedAt === null)
    throw new EditError({ key: 'edits.file_gone', values: { name } }, 'fix-file')
  return { mediaId, path, name, bytes, modifiedAt, fix }
}

/** Where a draft's files are. */
export type FileOf = (id: string) => { path: string; name: string } | null

/** The draft as an edit to submit. Throws an `EditError` that names the first blocker. */
export const toEditSpec = (draft: Draft, check: DraftCheck, fileOf: FileOf): EditSpec => {
  const [blocker] = check.blockers
  if (blocker)
    throw new EditError({ key: `edits.blocked_${blocker}`, values: {} }, actionOf(blocker))
  const specOf = (id: string): FileSpec => {
    const file = fileOf(id)
    if (!file) throw new EditError({ key: 'edits.unknown_file', values: {} }, 'fix-file')
    return fileSpecOf(id, file.path, file.name, fixOf(draft, id))
  }
  return {
    provider: draft.provider,
    prompt: draft.prompt,
    negativePrompt: draft.negativePrompt,
    clip: { ...specOf(draft.clipId), selection: draft.selection },
    images: draft.imageIds.map(specOf),
    options: draft.options,
    estimate: check.estimate,
  }
}

const actionOf = (blocker: DraftCheck['blockers'][number]) => {
  if (blocker === 'key') return 'enter-key'
  if (blocker === 'bucket') return 'set-up-bucket'
  if (blocker === 'checking') return 'wait'
  return blocker === 'edit' ? 'change-prompt' : 'fix-file'
}

/** The same settings as a draft; `ids` are what the catalog calls the edit's files now, the clip first. */
export const toDraft = (
  spec: EditSpec,
  clipId: string,
  imageIds: readonly string[],
  now: number,
): Draft => {
  const fixes: Draft['fixes'] = {}
  const selection: Selection | null = spec.clip.selection
  fixes[clipId] = spec.clip.fix
  for (const [index, id] of imageIds.entries()) fixes[id] = spec.images[index]?.fix ?? noFix
  return {
    clipId,
    provider: spec.provider,
    prompt: spec.prompt,
    negativePrompt: spec.negativePrompt,
    imageIds: [...imageIds],
    selection,
    moreSelections: [],
    fixes,
    options: spec.options,
    updatedAt: now,
  }
}
