import path from 'node:path'

/** Where the still of a job's clip lies. */
export const posterPath = (folder: string, jobId: string): string =>
  path.join(folder, `job-${jobId}.jpg`)
