import { z } from 'zod'
import { bounded } from './bounded'
import { longest, mostFixes } from './bounds'
import { bucketSettings, bucketTest, bucketView } from './bucket'
import { boundedOptions, draft, draftCheck, fix, prompt, selection } from './edit'
import { errorIdPattern } from './error-id'
import { failureAction } from './failure'
import { job, uncertainDecision } from './job'
import { libraryEntry, libraryQuery } from './library'
import { filmstrip, mediaItem, preparedFile, sceneChanges, videoTrack, waveform } from './media'
import { notice } from './notice'
import { balance, providerDescription, providerId, siblingOf } from './provider'
import { settingsPatch, settingsView, toolStates } from './settings'
import { spendingTotal } from './spending'
import { text } from './text'
import { updateState } from './updates'

/** A channel between window and main: it accepts one input and answers `Answer<output>`. */
const channel = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  input,
  output,
})

const nothing = z.void()
const idText = z.string().max(64)
const id = z.object({ id: idText })
/** One of a clip's video tracks. */
const picture = id.extend({ track: videoTrack.default(0) })
const ids = z.object({ ids: z.array(idText).max(10_000) })
const errorId = z.string().regex(errorIdPattern)
/** The window chooses the id, to show the progress of the work and to cancel it. */
const operation = z.object({ operationId: z.string().min(1).max(64) })

/** The longest prompt that the window may send; the model's own limit is checked by preflight. */
const promptText = z.string().max(1_000_000)
const boundedFix = fix.extend({ remedies: fix.shape.remedies.unwrap().max(64).default([]) })
/** A draft as the window sends it: with a bound on every text and list. */
const boundedDraft = draft.extend({
  prompt: promptText.default(''),
  negativePrompt: promptText.default(''),
  fixes: bounded(z.record(idText, boundedFix), mostFixes).default({}),
  options: boundedOptions,
})

/** All channels. Every input is bounded, because it comes from the page. */
export const channels = {
  app: {
    /** Copies text to the clipboard. */
    copy: channel(z.object({ text: z.string().max(100_000) }), nothing),
    /** Opens one of the allowed https pages in the person's browser. */
    openLink: channel(z.object({ url: z.url().max(2048) }), nothing),
    openLogs: channel(nothing, nothing),
    /** A report about this installation and an error, without anything personal. Asks providers with a key whether they answer. */
    report: channel(z.object({ errorId: errorId.nullable() }), z.string()),
    /** Asks for a path and writes a report there; null when the person cancels. */
    saveReport: channel(
      z.object({ text: z.string().max(longest.report) }),
      z.object({ fileName: z.string().nullable() }),
    ),
    /** An error that nobody expected in the page, for the log. The page chooses its id, to show it at once. */
    fault: channel(
      z.object({ id: errorId, message: z.string().max(2_000), stack: z.string().max(10_000) }),
      nothing,
    ),
    /** The person has gone past the first screen, which is not shown again. */
    welcomed: channel(nothing, nothing),
    /** The licences of everything that is shipped. */
    notices: channel(nothing, z.array(notice).max(2_000)),
    /** Opens the licences of Electron and Chromium, which are a page of their own. */
    openEngineNotices: channel(nothing, nothing),
  },
  media: {
    list: channel(nothing, z.array(mediaItem)),
    /** Files or folders by path; the preload alone turns dropped files into paths. */
    add: channel(
      z.object({ paths: z.array(z.string().max(4096)).min(1).max(10_000) }),
      z.array(mediaItem),
    ),
    /** An image from the clipboard, which has no file. */
    addBytes: channel(
      z.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) }),
      z.array(mediaItem),
    ),
    /** Shows the Open dialog; empty when the person cancels it. */
    open: channel(z.object({ what: z.enum(['any', 'clips', 'images']) }), z.array(mediaItem)),
    /** The bundled sample clip. */
    addSample: channel(nothing, mediaItem),
    /** Removes files from the list; never deletes them from the disk. */
    remove: channel(ids, nothing),
    /** Inspects the files again. */
    check: channel(ids, nothing),
    /** With `wait: false` it answers with the tiles so far: ask again until `tiles` is absent. */
    filmstrip: channel(picture.extend({ wait: z.boolean().default(true) }), filmstrip),
    /** The loudness of the sound, drawn with the filmstrip; cached. */
    waveform: channel(id, waveform),
    /** The scene changes that the handles snap to; cached. */
    scenes: channel(picture, sceneChanges),
    /** URL that Chromium can play: the file itself, or a proxy that is made first. Reports progress. */
    playUrl: channel(
      picture.extend(operation.shape),
      z.object({ url: z.string(), proxy: z.boolean() }),
    ),
    /**
     * URL of a small copy that can be sought at the speed of the pointer; it is made first. Reports progress.
     * null for a clip too long to copy.
     */
    scrubUrl: channel(picture.extend(operation.shape), z.object({ url: z.string().nullable() })),
    /**
     * Prepares the file with the selection and the fix, to preview it and to have it ready for submission.
     * Never changes the source; inspects and checks the prepared file. Reports progress.
     */
    prepare: channel(
      id.extend(operation.shape).extend({ selection: selection.nullable(), fix: boundedFix }),
      preparedFile,
    ),
    reveal: channel(id, nothing),
  },
  operations: {
    cancel: channel(operation, nothing),
  },
  drafts: {
    list: channel(nothing, z.array(draft)),
    /** The draft of a clip, or a new one with the defaults of Settings. */
    ofClip: channel(z.object({ clipId: idText }), draft),
    save: channel(boundedDraft, nothing),
    /** What prevents the submission of a draft, and what it would cost. */
    check: channel(boundedDraft, draftCheck),
    /** The same for many drafts, in their order. */
    checkMany: channel(
      z.object({ drafts: z.array(boundedDraft).max(10_000) }),
      z.array(draftCheck),
    ),
  },
  prompts: {
    /** Those that were submitted: starred ones first, then the newest first. */
    list: channel(nothing, z.array(prompt)),
    star: channel(z.object({ text: promptText, starred: z.boolean() }), z.array(prompt)),
  },
  providers: {
    list: channel(nothing, z.array(providerDescription)),
    /** Tests the key with a free call; `text` is the result in words. */
    test: channel(
      z.object({ id: providerId }),
      z.object({ ok: z.boolean(), text, action: failureAction.optional() }),
    ),
    /** The balance of the account; null when the provider does not report it. */
    balance: channel(z.object({ id: providerId }), balance.nullable()),
    /** Tries a refused key in the provider's other region; a key that is accepted there is moved there. */
    tryRegion: channel(
      z.object({ id: providerId.refine((id) => siblingOf(id) !== null) }),
      z.object({ id: providerId }),
    ),
    setKey: channel(
      z.object({ id: providerId, key: z.string().trim().min(1).max(longest.key) }),
      nothing,
    ),
    clearKey: channel(z.object({ id: providerId }), nothing),
  },
  bucket: {
    get: channel(nothing, bucketView),
    /** Absent members stay as they are: the environment may configure the bucket and leave only its keys to be set. */
    set: channel(
      z.object({
        settings: bucketSettings.optional(),
        accessKeyId: z.string().trim().min(1).max(longest.accessKey).optional(),
        secretAccessKey: z.string().trim().min(1).max(longest.secretKey).optional(),
      }),
      bucketView,
    ),
    clear: channel(nothing, bucketView),
    /** Writes a small object, reads it through a presigned URL and deletes it. */
    test: channel(nothing, bucketTest),
  },
  jobs: {
    list: channel(nothing, z.array(job)),
    /** Stores the job, then answers; the job runs in the background. */
    submit: channel(boundedDraft, job),
    cancel: channel(id, job),
    /** Creates a new job with the same edit, at another provider where one is given. */
    retry: channel(id.extend({ provider: providerId.optional() }), job),
    resolve: channel(id.extend({ decision: uncertainDecision }), job),
    seen: channel(ids, nothing),
    remove: channel(ids, nothing),
    /** Whether nothing is driven, because the app ended by itself again and again. */
    isPaused: channel(nothing, z.boolean()),
    /** Drives the jobs again. */
    goOn: channel(nothing, nothing),
  },
  library: {
    list: channel(
      libraryQuery.extend({
        words: z.string().max(10_000).default(''),
        providers: z.array(providerId).max(64).default([]),
      }),
      z.array(libraryEntry),
    ),
    /** What each provider billed by month. */
    totals: channel(nothing, z.array(spendingTotal)),
    reveal: channel(id, nothing),
    /** Asks for a path and copies the result there; null when the person cancels. */
    saveAs: channel(id, z.object({ fileName: z.string().nullable() })),
    /** Asks for a path and writes the frame at a time (seconds) there as a PNG; null when the person cancels. */
    saveFrame: channel(
      id.extend({ time: z.number().min(0).max(86_400) }),
      z.object({ fileName: z.string().nullable() }),
    ),
    /** Adds the result to the clips. */
    addAsClip: channel(id, mediaItem),
    /** Starts dragging the result out of the window. */
    drag: channel(id, nothing),
    trash: channel(ids, nothing),
    /** A draft with the same settings and clip, not saved; null when the person refuses its files. */
    editAgain: channel(id, draft.nullable()),
  },
  settings: {
    get: channel(nothing, settingsView),
    /** Separate from `get`, because it starts processes. */
    tools: channel(nothing, toolStates),
    set: channel(settingsPatch, settingsView),
    chooseLibraryFolder: channel(nothing, settingsView),
    /** Asks for an executable and tests it; `reset` returns to the bundled one. */
    chooseTool: channel(
      z.object({ tool: z.enum(['ffmpeg', 'ffprobe']), reset: z.boolean() }),
      settingsView,
    ),
  },
  updates: {
    state: channel(nothing, updateState),
    /** Asks the folder of releases. */
    look: channel(nothing, updateState),
    /** Gets the version that was found; updatesChanged tells how far it is. */
    download: channel(nothing, updateState),
    /** Ends the app and starts the downloaded version. */
    install: channel(nothing, nothing),
  },
} as const

/** Events from main to the window. */
export const events = {
  /** A file was added or changed. */
  mediaChanged: mediaItem,
  mediaRemoved: ids,
  /** Fraction 0..1; null when unknown. */
  operation: z.object({ operationId: z.string(), fraction: z.number().nullable() }),
  jobChanged: job,
  jobsRemoved: ids,
  /** Results were added, removed or changed: query again. */
  libraryChanged: z.object({}),
  settingsChanged: settingsView,
  updatesChanged: updateState,
  /** Request to show a view, for example after a click on a notification. */
  show: z.object({
    view: z.enum(['edit', 'queue', 'library', 'settings']),
    id: z.string().nullable(),
  }),
  /** Request to show the dialog with a report. */
  report: z.object({}),
  /** A message for the person that belongs to no screen. */
  /** `show`: what the button of the message shows. */
  notice: z.object({
    level: z.enum(['info', 'warn', 'fail']),
    text,
    show: z.object({ view: z.enum(['queue', 'library']), id: z.string() }).optional(),
  }),
} as const

export type Channels = typeof channels
export type Events = typeof events
export type EventName = keyof Events
export type EventValue<E extends EventName> = z.output<Events[E]>
