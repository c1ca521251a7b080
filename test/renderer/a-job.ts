import {
  editOptions,
  type Failure,
  type Job,
  type JobFile,
  type LibraryEntry,
} from '../../preload/contract'

/** The clip of a job, except for the given members. */
export const clipFile = (different: Partial<JobFile> = {}): JobFile => ({
  role: 'clip',
  name: 'clip.mp4',
  mediaId: 'clip',
  posterUrl: null,
  selection: null,
  fix: { remedies: [], background: '#000000' },
  ...different,
})

/** A reference image of a job. */
export const imageFile = (name: string): JobFile =>
  clipFile({ role: 'reference-image', name, mediaId: name })

/** A failure that this action helps against. */
export const aFailure = (
  action: Failure['action'],
  key = 'failure.temporary_service',
): Failure => ({
  kind: 'unknown',
  text: { key, values: {} },
  action,
  provider: null,
})

/** A running job, except for the given members. */
export const aJob = (different: Partial<Job> = {}): Job => ({
  id: 'job',
  state: 'running',
  provider: 'sandbox',
  createdAt: 1000,
  updatedAt: 1000,
  mode: 'edit',
  setId: 'set',
  name: 'clip.mp4',
  posterUrl: null,
  prompt: 'Make it snow',
  negativePrompt: '',
  files: [clipFile()],
  options: editOptions.parse({}),
  estimate: null,
  billed: null,
  taskId: null,
  requestId: null,
  progress: null,
  phases: [],
  nextPollAt: null,
  trouble: null,
  expiresAt: null,
  failure: null,
  libraryId: null,
  canCancel: false,
  canRetry: true,
  seen: false,
  ...different,
})

/** A result in the library, except for the given members. */
export const anEntry = (different: Partial<LibraryEntry> = {}): LibraryEntry => ({
  id: 'entry',
  jobId: 'job',
  setId: 'set',
  mode: 'edit',
  fileName: 'Make it snow.mp4',
  createdAt: 2000,
  submittedAt: 1000,
  provider: 'sandbox',
  model: 'sandbox',
  taskId: 'task-1',
  requestId: null,
  prompt: 'Make it snow',
  negativePrompt: '',
  files: [clipFile()],
  options: editOptions.parse({}),
  billed: null,
  duration: 5,
  width: 1280,
  height: 720,
  bytes: 1_000_000,
  urls: { video: 'v', poster: null, before: null },
  missing: false,
  ...different,
})
