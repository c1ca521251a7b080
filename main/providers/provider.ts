import type {
  Balance,
  EditOptions,
  Failure,
  FileRole,
  Mode,
  ProviderRow,
} from '../../preload/contract'

/** A local file to upload. Bytes. */
export interface LocalFile {
  path: string
  /** The name it is uploaded under; its extension matches the content. */
  name: string
  contentType: string
  bytes: number
}

/** Lends a PNG copy of an image; the copy may be deleted when `use` has ended. */
export type WithPng = <T>(
  file: LocalFile,
  call: Call,
  use: (png: LocalFile) => Promise<T>,
) => Promise<T>

/** The signal that stops a call, and the listener for its progress (fraction 0..1). */
export interface Call {
  signal: AbortSignal
  onProgress?: (fraction: number) => void
}

/** A file of a request, already uploaded. */
export interface RequestFile {
  role: FileRole
  url: string
  /** Displayed pixels; only of a clip. */
  size?: { width: number; height: number }
  /** Of a voice: the number of its reference, from 1, images and videos counted together. */
  of?: number | undefined
}

/** A request that is ready to be sent: every file is a URL. */
export interface ProviderRequest {
  mode: Mode
  /** References are in the order in which the prompt numbers them. */
  media: readonly RequestFile[]
  prompt: string
  negativePrompt: string
  options: EditOptions
}

export interface CreatedTask {
  taskId: string
  requestId: string | null
  /** The body that was sent, without secrets, for the record. */
  sent: unknown
}

/** A task's status, translated from the provider's words. */
export type TaskStatus =
  | { status: 'pending' | 'running'; progress: number | null; requestId: string | null }
  | {
      status: 'succeeded'
      resultUrl: string
      requestId: string | null
      /** The prompt that the task was created with, where the answer contains it. */
      prompt?: string | null
      /** Billed seconds; null where the answer does not contain them. */
      usage: {
        seconds: number | null
        input: number | null
        output: number | null
        /** The billed amount, where the answer contains it. */
        cost?: { currency: string; amount: number }
      } | null
    }
  | { status: 'failed'; failure: Failure; requestId: string | null }
  | { status: 'cancelled'; requestId: string | null }
  /** Expired or never known; `word` is the provider's status. */
  | { status: 'unknown'; word: string; requestId: string | null }

/** A task in the provider's list. Milliseconds since the epoch. */
export interface ListedTask {
  taskId: string
  createdAt: number | null
  status: string
  /** Request id of the create call, where the list contains it. */
  requestId?: string | null
}

/** The provider's list of its latest tasks. */
export interface TaskList {
  tasks: ListedTask[]
  /** Whether a task that is not in it does not exist: false where the list is cut off or undocumented. */
  isComplete: boolean
  /** The provider's clock when it answered, in milliseconds since the epoch; null where the answer has no time. */
  now: number | null
}

/** A service that runs the model. Every method rejects with `ProviderError` or AbortError only. */
export interface Provider {
  row: ProviderRow
  /** Where the person runs the service: the Sandbox, or the host of an address that replaces the service's. Else null. */
  ownHost?: string | null
  /** Sends exactly one request and never repeats it. */
  create: (request: ProviderRequest, call: Call) => Promise<CreatedTask>
  query: (taskId: string, call: Call) => Promise<TaskStatus>
  /** 'too-late' when the task has already started. */
  cancel?: (taskId: string, call: Call) => Promise<'cancelled' | 'too-late'>
  /** The tasks of a mode. */
  list?: (mode: Mode, call: Call) => Promise<TaskList>
  /** Uploads a file to the provider's own storage; gives the URL for `ProviderRequest`. */
  upload?: (mode: Mode, file: LocalFile, call: Call) => Promise<string>
  /** Whether the answer for a task that succeeded contains its prompt. */
  tellsPrompt?: boolean
  /** The account's balance, where the provider has a call for it. */
  balance?: (call: Call) => Promise<Balance>
  /** Makes a free request; resolves when the key is accepted. */
  test: (call: Call) => Promise<void>
}

/**
 * Why a call to a provider did not succeed.
 *
 * `sent` decides what may be done about a create: 'no' (nothing reached the provider: it may be repeated),
 * 'refused' (a definite answer: no task exists), 'maybe' (the answer was lost: a task may exist and be billed).
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  constructor(
    readonly failure: Failure,
    readonly sent: 'no' | 'refused' | 'maybe',
    /** Milliseconds that the provider asked us to wait; null when it named no time. */
    readonly retryAfter: number | null = null,
    options?: ErrorOptions,
  ) {
    super(failure.provider?.message ?? failure.text.key, options)
  }
}

/** This storage does not accept the file, but another storage may. */
export class StorageRefusal extends ProviderError {}
