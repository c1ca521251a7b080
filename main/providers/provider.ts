import type {
  Balance,
  EditOptions,
  Failure,
  ProviderData,
  ProviderId,
} from '../../preload/contract'

/** A provider's row of the table, with its id. */
export interface ProviderRow extends ProviderData {
  id: ProviderId
}

/** A file on this computer that is to become a URL. Bytes. */
export interface LocalFile {
  path: string
  /** Name it is uploaded under, with the extension that fits its content. */
  name: string
  contentType: string
  bytes: number
}

/** What one call may use: a way to stop it, and who is told of progress (fraction 0..1). */
export interface Call {
  signal: AbortSignal
  onProgress?: (fraction: number) => void
}

/** An edit ready to be sent: every file is a URL. Seconds and displayed pixels are the clip's. */
export interface EditRequest {
  prompt: string
  negativePrompt: string
  clip: { url: string; seconds: number; width: number; height: number }
  imageUrls: readonly string[]
  options: EditOptions
}

export interface CreatedTask {
  taskId: string
  requestId: string | null
  /** The body that was sent, without secrets or inlined files, for the record. */
  sent: unknown
}

/** What a provider says of a task, in the app's words. */
export type TaskStatus =
  | { status: 'pending' | 'running'; progress: number | null; requestId: string | null }
  | {
      status: 'succeeded'
      resultUrl: string
      requestId: string | null
      /** The prompt that the task was created with, where the answer says it. */
      prompt?: string | null
      /** Seconds as billed; null where the answer does not say. */
      usage: {
        seconds: number | null
        input: number | null
        output: number | null
        /** Money or credits as billed, where the answer says so itself. */
        cost?: { currency: string; amount: number }
      } | null
    }
  | { status: 'failed'; failure: Failure; requestId: string | null }
  | { status: 'cancelled'; requestId: string | null }
  /** Expired or never known; `word` is what the provider said. */
  | { status: 'unknown'; word: string; requestId: string | null }

/** A task in the provider's own list. Milliseconds since the epoch. */
export interface ListedTask {
  taskId: string
  createdAt: number | null
  status: string
  /** That of the create which made it, where the list says it. */
  requestId?: string | null
}

/** A service that runs the model. Every method rejects with `ProviderError` and nothing else but AbortError. */
export interface Provider {
  row: ProviderRow
  /** Sends exactly one request, never repeats it. */
  create: (request: EditRequest, call: Call) => Promise<CreatedTask>
  query: (taskId: string, call: Call) => Promise<TaskStatus>
  /** 'too-late' when the task has already started. */
  cancel?: (taskId: string, call: Call) => Promise<'cancelled' | 'too-late'>
  /** Tasks of this model created since then (ms since the epoch). */
  list?: (since: number, call: Call) => Promise<ListedTask[]>
  /** Puts a file into the provider's own storage; gives the URL for `EditRequest`. */
  upload?: (file: LocalFile, call: Call) => Promise<string>
  /** False where the list is undocumented: then a task that it lacks may exist all the same. */
  listIsComplete?: boolean
  /** Whether a task that succeeded says what its prompt was. */
  tellsPrompt?: boolean
  /** What the account has left to spend, where the provider says it. */
  balance?: (call: Call) => Promise<Balance>
  /** Asks something free; resolves when the key is accepted. */
  test: (call: Call) => Promise<void>
  /** Headers for downloading a result (never the key unless the provider needs it). */
  downloadHeaders: () => Record<string, string>
}

/**
 * Why a call to a provider did not succeed.
 *
 * `sent` decides what may be done about a create: 'no' (nothing reached the provider: may be repeated),
 * 'refused' (a definite answer: no task exists), 'maybe' (the answer was lost: a task may exist and be billed).
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  constructor(
    readonly failure: Failure,
    readonly sent: 'no' | 'refused' | 'maybe',
    /** Milliseconds that the provider asked us to wait; null when it said nothing. */
    readonly retryAfter: number | null = null,
    options?: ErrorOptions,
  ) {
    super(failure.provider?.message ?? failure.text.key, options)
  }
}

/** This storage does not take the file, for a reason that another storage may not have. */
export class StorageRefusal extends ProviderError {}
