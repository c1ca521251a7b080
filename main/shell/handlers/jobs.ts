import type { HandlerContext } from './context'
import type { Group } from './group'

export const jobHandlers = ({ services: { jobs, drafts } }: HandlerContext): Group<'jobs'> => ({
  list: async () => jobs.list(),
  submit: async (draft) => jobs.submit(drafts.toSpec(draft)),
  cancel: async ({ id }) => jobs.cancel(id),
  retry: async ({ id }) => jobs.retry(id),
  resolve: async ({ id, decision }) => jobs.resolve(id, decision),
  seen: async ({ ids }) => jobs.seen(ids),
  remove: async ({ ids }) => jobs.remove(ids),
})
