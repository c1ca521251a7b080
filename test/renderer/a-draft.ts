import type { Draft, DraftSource } from '../../preload/contract'

/** The members of a draft, and those of its source beside them. */
export type DraftPart = Partial<Omit<Draft, 'source'> & DraftSource>

/** The draft with other members: those of its source go into its source. */
export const withMembers = (draft: Draft, part: DraftPart): Draft => {
  const {
    kind = draft.source.kind,
    clipId = draft.source.clipId,
    selection = draft.source.selection,
    moreSelections = draft.source.moreSelections,
    imageIds = draft.source.imageIds,
    ...own
  } = part
  return { ...draft, ...own, source: { kind, clipId, selection, moreSelections, imageIds } }
}

/** A new draft, except for the given members. Its id is `draft-` and the id of its clip. */
export const aDraft = (part: DraftPart = {}): Draft =>
  withMembers(
    {
      id: `draft-${part.clipId ?? 'clip'}`,
      source: { kind: 'clip', clipId: 'clip', selection: null, moreSelections: [], imageIds: [] },
      provider: 'sandbox',
      prompt: '',
      negativePrompt: '',
      fixes: {},
      options: {
        quality: '720p',
        ratio: null,
        sound: 'auto',
        seed: null,
        promptExtend: true,
        watermark: false,
        cut: 0,
        callbackUrl: null,
      },
      updatedAt: 0,
    },
    part,
  )
