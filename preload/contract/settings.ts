import { z } from 'zod'
import { bounded } from './bounded'
import { workspacePattern } from './bounds'
import { bucketSettings } from './bucket'
import { boundedOptions, editOptions } from './edit'
import { providerId } from './provider'
import { spendingLimits } from './spending'
import { language } from './text'

export const workspaceId = z.string().regex(workspacePattern)

/** The person's preferences, with the defaults of a new installation. */
export const settings = z.object({
  provider: providerId.default('sandbox'),
  /** 'system' follows the computer's locale. */
  language: language.or(z.literal('system')).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** null: Videos/Reshoot. */
  libraryFolder: z.string().nullable().default(null),
  ffmpegPath: z.string().nullable().default(null),
  ffprobePath: z.string().nullable().default(null),
  notifications: z.boolean().default(true),
  /** Off: builds are not signed yet, so a digest is all that tells a right one from a wrong one. */
  lookForUpdates: z.boolean().default(false),
  defaults: editOptions.prefault({}),
  /** The person's own bucket, for providers without file storage; null for none. */
  bucket: bucketSettings.nullable().default(null),
  /** Ids of workspaces by provider; null or absent for the provider's common host. */
  workspaces: z.record(z.string().max(64), workspaceId.nullable()).default({}),
  /** Cost above which a submission needs a confirmation. */
  spending: spendingLimits.prefault({}),
  /** By fingerprint of a key: the provider whose region accepts it, or 'neither'. */
  regions: z.record(z.string().max(128), providerId.or(z.literal('neither'))).default({}),
})
export type Settings = z.infer<typeof settings>

/** The settings that the window may change. Main chooses folders and tools through dialogs. */
export const settingsPatch = z
  .object({
    provider: settings.shape.provider.unwrap(),
    language: settings.shape.language.unwrap(),
    theme: settings.shape.theme.unwrap(),
    notifications: z.boolean(),
    lookForUpdates: z.boolean(),
    defaults: boundedOptions,
    workspaces: bounded(settings.shape.workspaces.unwrap(), providerId.options.length),
    spending: spendingLimits,
  })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatch>

/** How keys are stored: by the OS keychain, or in plain text without one. */
export const keyStore = z.object({
  backend: z.string(),
  encrypted: z.boolean(),
})
export type KeyStore = z.infer<typeof keyStore>

/** An ffmpeg of this computer that is not used, and why: its version, what it lacks, or how its self-test failed. */
export const passedOver = z.object({
  path: z.string(),
  version: z.string().nullable(),
  why: z.enum(['old', 'lacks', 'failed']),
  detail: z.string(),
})
export type PassedOver = z.infer<typeof passedOver>

/** An executable that the app uses and its version, or why it does not run. */
export const toolState = z.object({
  path: z.string(),
  /** Chosen by the person, found on this computer as the newest capable one, or bundled. */
  origin: z.enum(['chosen', 'found', 'bundled']),
  version: z.string().nullable(),
  problem: z.string().nullable(),
  passedOver: z.array(passedOver),
})
export type ToolState = z.infer<typeof toolState>

export const toolStates = z.object({ ffmpeg: toolState, ffprobe: toolState })
export type ToolStates = z.infer<typeof toolStates>

/** Everything the settings screen shows. */
export const settingsView = z.object({
  settings,
  /** The language in use, with 'system' resolved. */
  language,
  libraryFolder: z.string(),
  homeFolder: z.string(),
  keyStore,
  version: z.string(),
  versions: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
})
export type SettingsView = z.infer<typeof settingsView>
