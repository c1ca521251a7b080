import type { HandlerContext } from './context'
import type { Group } from './group'

export const draftHandlers = ({ services: { drafts } }: HandlerContext): Group<'drafts'> => ({
  list: async () => drafts.list(),
  get: async ({ clipId }) => drafts.get(clipId),
  save: async (draft) => drafts.save(draft),
  check: async (draft) => drafts.check(draft),
  checkMany: async ({ drafts: list }) => drafts.checkMany(list),
})
