import type { Group, HandlerContext } from './context'

export const draftHandlers = ({ services: { drafts } }: HandlerContext): Group<'drafts'> => ({
  list: async () => drafts.list(),
  ofClip: async ({ clipId }) => drafts.ofClip(clipId),
  save: async (draft) => drafts.save(draft),
  check: async (draft) => drafts.check(draft),
  checkMany: async ({ drafts: list }) => drafts.checkMany(list),
})

export const promptHandlers = ({ services: { prompts } }: HandlerContext): Group<'prompts'> => ({
  list: async () => prompts.list(),
  star: async (prompt) => {
    prompts.star(prompt)
    return prompts.list()
  },
})

export const jobHandlers = ({
  services: { jobs, drafts },
  queue,
}: HandlerContext): Group<'jobs'> => ({
  list: async () => jobs.list(),
  submit: async (draft) => jobs.submit(drafts.toSpec(draft)),
  cancel: async ({ id }) => jobs.cancel(id),
  retry: async ({ id, provider }) => jobs.retry(id, provider),
  resolve: async ({ id, decision }) => jobs.resolve(id, decision),
  seen: async ({ ids }) => jobs.seen(ids),
  remove: async ({ ids }) => jobs.remove(ids),
  isPaused: async () => queue.isPaused(),
  goOn: async () => queue.goOn(),
})
