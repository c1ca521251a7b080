import { modeRow } from '../../../preload/contract'
import { estimate } from '../../providers/prices'
import type { Group, HandlerContext } from './context'

export const draftHandlers = ({ services: { drafts } }: HandlerContext): Group<'drafts'> => ({
  list: async () => drafts.list(),
  get: async ({ clipId }) => drafts.get(clipId),
  save: async (draft) => drafts.save(draft),
  check: async (draft) => drafts.check(draft),
  checkMany: async ({ drafts: list }) => drafts.checkMany(list),
})

export const jobHandlers = ({
  services: { jobs, drafts, providers },
}: HandlerContext): Group<'jobs'> => ({
  list: async () => jobs.list(),
  submit: async (draft) => jobs.submit(drafts.toSpec(draft)),
  cancel: async ({ id }) => jobs.cancel(id),
  retry: async ({ id, provider }) => {
    const row = providers.describe().find((one) => one.id === provider)
    const job = jobs.get(id)
    if (!row || !job) return jobs.retry(id)
    const seconds = job.estimate?.seconds.input ?? null
    const offer = modeRow(row, 'edit')
    const cost = seconds === null ? null : estimate(offer, { seconds, options: job.options })
    return jobs.retry(id, { provider: row.id, estimate: cost })
  },
  resolve: async ({ id, decision }) => jobs.resolve(id, decision),
  seen: async ({ ids }) => jobs.seen(ids),
  remove: async ({ ids }) => jobs.remove(ids),
})
