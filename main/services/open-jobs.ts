import { randomUUID } from 'node:crypto'
import type { Database } from '../database/database'
import { freeBytes } from '../files/free-bytes'
import { createJobs, type JobsOptions } from '../jobs/create-jobs'
import { createDownload } from '../jobs/download'
import { isProcessAlive, thisProcess } from '../jobs/job-lease'
import { defaultTiming } from '../jobs/job-ports'
import { createJobStore } from '../jobs/job-store'
import type { Jobs } from '../jobs/jobs'
import type { Providers } from '../providers/registry'

export interface OpenJobsOptions
  extends Pick<
    JobsOptions,
    'clock' | 'log' | 'home' | 'media' | 'library' | 'prepare' | 'posterUrl' | 'newId' | 'uploads'
  > {
  database: Database
  providers: Providers
}

/** The jobs of this process over the shared database. */
export const openJobs = (options: OpenJobsOptions): Jobs => {
  const { database, clock, providers } = options
  const store = createJobStore({
    database,
    clock,
    isAlive: isProcessAlive,
    lease: defaultTiming.heartbeat * 3,
    submittingGrace: 120_000,
  })
  return createJobs({
    ...options,
    store,
    providers,
    describeProviders: providers.describe,
    download: createDownload(),
    freeBytes,
    random: Math.random,
    owner: thisProcess(randomUUID()),
    watchOtherWriters: database.watchOtherWriters,
  })
}
