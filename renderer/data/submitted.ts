import { hashKey } from '@tanstack/react-query'
import { type Draft, fileOf, filesOf, type Job } from '../../preload/contract'
import { hasEnded, needsAttention, needsDecision } from '../../preload/contract/job-states'

/** What became of the edits of a clip, as numbers of jobs. */
export interface Submitted {
  running: number
  /** Held, uncertain, or failed and not seen yet. */
  attention: number
  results: number
}

const kindOf = (job: Job): keyof Submitted | null => {
  if (job.state === 'saved') return 'results'
  if (needsAttention(job) || needsDecision(job.state)) return 'attention'
  if (!hasEnded(job.state)) return 'running'
  return job.state === 'cancelled' || job.seen ? null : 'attention'
}

/** Numbers of jobs, for the marks on the rail. `results`: those that were not looked at. */
export type JobCounts = Submitted

export const noJobs: JobCounts = { running: 0, attention: 0, results: 0 }

export const countJobs = (jobs: readonly Job[]): JobCounts => {
  const counts = { ...noJobs }
  for (const job of jobs) {
    const kind = kindOf(job)
    if (kind !== null && !(kind === 'results' && job.seen)) counts[kind] += 1
  }
  return counts
}

/** The ids of jobs whose results were not looked at. */
export const newResults = (jobs: readonly Job[]): string[] =>
  jobs.filter(({ state, seen }) => state === 'saved' && !seen).map(({ id }) => id)

/** What became of the edits of each clip, by the clip's id. */
export const submittedByClip = (jobs: readonly Job[]): Record<string, Submitted> => {
  const found: Record<string, Submitted> = {}
  for (const job of jobs) {
    const id = fileOf(job.files, 'clip')?.mediaId
    const kind = kindOf(job)
    if (id == null || kind === null) continue
    found[id] ??= { ...noJobs }
    found[id][kind] += 1
  }
  return found
}

const noFix = { remedies: [], background: '#000000' }

/** What a job was made from, as text to compare. */
const textOfJob = ({ provider, prompt, negativePrompt, options, files }: Job): string => {
  const clip = fileOf(files, 'clip')
  const images = filesOf(files, 'reference-image')
  const fixes = [clip, ...images].map((file) => file?.fix)
  return hashKey([
    ...[provider, prompt, negativePrompt, options, fixes],
    ...[clip?.mediaId, clip?.selection, images.map(({ mediaId }) => mediaId)],
  ])
}

const textOfEdit = ({
  provider,
  prompt,
  negativePrompt,
  options,
  source,
  fixes: known,
}: Draft): string => {
  const fixes = [source.clipId, ...source.imageIds].map((id) => known[id] ?? noFix)
  return hashKey([
    ...[provider, prompt, negativePrompt, options, fixes],
    ...[source.clipId, source.selection, source.imageIds],
  ])
}

/** Gives a function that says whether an edit (one part of a draft) was submitted just as it is. */
export const submittedBefore = (jobs: readonly Job[]): ((edit: Draft) => boolean) => {
  const known = new Set(jobs.map(textOfJob))
  return (edit) => known.has(textOfEdit(edit))
}
