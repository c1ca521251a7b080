import { z } from 'zod'
import { bucketSettings, bucketTest, bucketView } from './bucket'
import { draft, draftCheck, fix, selection } from './edit'
import { failureAction } from './failure'
import { job, uncertainDecision } from './job'
import { libraryEntry, libraryQuery } from './library'
import {
  filmstrip,
  forecast,
  mediaItem,
  preparedFile,
  sceneChanges,
  videoTrack,
  waveform,
} from './media'
import { balance, providerDescription, providerId, siblingOf } from './provider'
import { settingsPatch, settingsView, toolStates } from './settings'
import { spendingTotal } from './spending'
import { text } from './text'

/**
 * Every door between window and main: one definition a channel, zod in, zod out.
 * A channel takes exactly one input and answers `Answer<output>`.
 */
const channel = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  input,
  output,
})

const nothing = z.void()
const id = z.object({ id: z.string() })
/** The pictures of one of a clip's video tracks. */
const picture = id.extend({ track: videoTrack.default(0) })
const ids = z.object({ ids: z.array(z.string()) })
/** Named by the window, so that progress can be shown and the work stopped. */
const operation = z.object({ operationId: z.string().min(1).max(64) })

export const channels = {
  app: {
    /** Puts text on the clipboard. */
    copy: channel(z.object({ text: z.string().max(100_000) }), nothing),
    /** Opens one of the allowed https pages in the person's browser. */
    openLink: channel(z.object({ url: z.url().max(2048) }), nothing),
    openLogs: channel(nothing, nothing),
    quit: channel(nothing, nothing),
  },
  media: {
    list: channel(nothing, z.array(mediaItem)),
    /** Files or folders by path; the preload alone turns dropped files into paths. */
    add: channel(z.object({ paths: z.array(z.string()).min(1).max(10_000) }), z.array(mediaItem)),
    /** An image from the clipboard that is no file yet; bytes. */
    addBytes: channel(
      z.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) }),
      z.array(mediaItem),
    ),
    /** Shows the Open dialog; empty when it was dismissed. */
    open: channel(z.object({ what: z.enum(['any', 'clips', 'images']) }), z.array(mediaItem)),
    /** The bundled sample clip. */
    addSample: channel(nothing, mediaItem),
    /** Forgets files; never deletes the person's own. */
    remove: channel(ids, nothing),
    /** Looks at the files again. */
    check: channel(ids, nothing),
    /** With `wait: false` it answers as soon as there is a tile: ask again until `tiles` is gone. */
    filmstrip: channel(picture.extend({ wait: z.boolean().default(true) }), filmstrip),
    /** For drawing the sound beside the filmstrip; made once and kept. */
    waveform: channel(id, waveform),
    /** For markers to snap to; made once and kept. */
    scenes: channel(picture, sceneChanges),
    /** URL that Chromium can play: the file itself, or a proxy made on the way (progress by operation). */
    playUrl: channel(
      picture.extend(operation.shape),
      z.object({ url: z.string(), proxy: z.boolean() }),
    ),
    /**
     * URL of a small copy that can be sought at the speed of the pointer, made on the way (progress by operation);
     * null for a clip too long to copy.
     */
    scrubUrl: channel(picture.extend(operation.shape), z.object({ url: z.string().nullable() })),
    /**
     * Runs the selection and the fix now, so that the outcome can be looked at and is ready when the edit is sent.
     * The source is never touched; the outcome is probed and checked again. Progress by operation.
     */
    prepare: channel(
      id.extend(operation.shape).extend({ selection: selection.nullable(), fix }),
      preparedFile,
    ),
    /** What `prepare` would give, without running it. */
    forecast: channel(id.extend({ selection: selection.nullable(), fix }), forecast),
    reveal: channel(id, nothing),
  },
  operations: {
    cancel: channel(operation, nothing),
  },
  drafts: {
    list: channel(nothing, z.array(draft)),
    get: channel(z.object({ clipId: z.string() }), draft),
    save: channel(draft, nothing),
    /** What stands between this draft and its submission, and what it would cost. */
    check: channel(draft, draftCheck),
    /** The same for many at once, in their order. */
    checkMany: channel(z.object({ drafts: z.array(draft).max(10_000) }), z.array(draftCheck)),
  },
  providers: {
    list: channel(nothing, z.array(providerDescription)),
    /** Asks the provider something free; `text` says what came back. */
    test: channel(
      z.object({ id: providerId }),
      z.object({ ok: z.boolean(), text, action: failureAction.optional() }),
    ),
    /** What the account has left to spend; null where the provider does not say. */
    balance: channel(z.object({ id: providerId }), balance.nullable()),
    /** Tries a refused key in the provider's other region; a key that is accepted there is moved there. */
    tryRegion: channel(
      z.object({ id: providerId.refine((id) => siblingOf(id) !== null) }),
      z.object({ id: providerId }),
    ),
    setKey: channel(z.object({ id: providerId, key: z.string().trim().min(1).max(512) }), nothing),
    clearKey: channel(z.object({ id: providerId }), nothing),
  },
  bucket: {
    get: channel(nothing, bucketView),
    /** What is left out stays as it is: the environment may name the bucket, so that only its keys are kept here. */
    set: channel(
      z.object({
        settings: bucketSettings.optional(),
        accessKeyId: z.string().trim().min(1).max(256).optional(),
        secretAccessKey: z.string().trim().min(1).max(512).optional(),
      }),
      bucketView,
    ),
    clear: channel(nothing, bucketView),
    /** Writes, reads by a presigned address and deletes a small object. */
    test: channel(nothing, bucketTest),
  },
  jobs: {
    list: channel(nothing, z.array(job)),
    /** Writes the job first, then answers; the work goes on in the background. */
    submit: channel(draft, job),
    cancel: channel(id, job),
    /** A new job with the same edit, at another provider if asked; never a second create of the same job. */
    retry: channel(id.extend({ provider: providerId.optional() }), job),
    resolve: channel(id.extend({ decision: uncertainDecision }), job),
    seen: channel(ids, nothing),
    remove: channel(ids, nothing),
  },
  library: {
    list: channel(libraryQuery, z.array(libraryEntry)),
    get: channel(id, libraryEntry),
    /** What each provider billed by month. */
    totals: channel(nothing, z.array(spendingTotal)),
    reveal: channel(id, nothing),
    /** Asks where to, copies; null when dismissed. */
    saveAs: channel(id, z.object({ fileName: z.string().nullable() })),
    /** Starts dragging the result out of the window. */
    drag: channel(id, nothing),
    trash: channel(ids, nothing),
    /** The same settings on the same clip, as a draft; answers its clip. */
    editAgain: channel(id, z.object({ clipId: z.string() })),
  },
  settings: {
    get: channel(nothing, settingsView),
    /** Apart, because it starts processes and the window opens with the others. */
    tools: channel(nothing, toolStates),
    set: channel(settingsPatch, settingsView),
    chooseLibraryFolder: channel(nothing, settingsView),
    /** Asks for an executable and tries it; `reset` goes back to the bundled one. */
    chooseTool: channel(
      z.object({ tool: z.enum(['ffmpeg', 'ffprobe']), reset: z.boolean() }),
      settingsView,
    ),
  },
} as const

/** What main tells the window without being asked. */
export const events = {
  /** One file was added or has news. */
  mediaChanged: mediaItem,
  mediaRemoved: ids,
  /** Fraction 0..1, null when it cannot be told. */
  operation: z.object({ operationId: z.string(), fraction: z.number().nullable() }),
  jobChanged: job,
  jobsRemoved: ids,
  /** Ask again: entries came, went or changed. */
  libraryChanged: z.object({}),
  settingsChanged: settingsView,
  /** Show a view, for example from the tray or a notification. */
  show: z.object({
    view: z.enum(['edit', 'queue', 'library', 'settings']),
    id: z.string().nullable(),
  }),
  /** A line for the person that belongs to no screen. */
  notice: z.object({ level: z.enum(['info', 'warn', 'fail']), text }),
} as const

export type Channels = typeof channels
export type Events = typeof events
export type EventName = keyof Events
export type EventValue<E extends EventName> = z.output<Events[E]>
