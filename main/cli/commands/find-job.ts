import type { Job } from '../../../preload/contract'
import { CliRefusal } from '../words/words'

/** The job with this id, or with the only id that begins so. Throws a `CliRefusal`. */
export const findJob = (list: readonly Job[], id: string): Job => {
  const exact = list.find((job) => job.id === id)
  if (exact) return exact
  const [first, ...others] = list.filter((job) => job.id.startsWith(id))
  if (!first) throw new CliRefusal({ key: 'cli.no_such_job', values: { id } })
  if (others.length > 0)
    throw new CliRefusal({ key: 'cli.ambiguous_job', values: { id, count: others.length + 1 } })
  return first
}
