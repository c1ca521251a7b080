import { z } from 'zod'
import { bucketSettings } from './bucket'
import { editOptions } from './edit'
import { providerId } from './provider'
import { spendingLimits } from './spending'
import { language } from './text'

/** What a workspace's id looks like: it becomes part of a host name. */
export const workspaceId = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/)

/** Preferences a person sets; the defaults are what a fresh install does. */
export const settings = z.object({
  provider: providerId.default('sandbox'),
  /** 'system' follows the computer. */
  language: language.or(z.literal('system')).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** null: Videos/Reshoot. */
  libraryFolder: z.string().nullable().default(null),
  ffmpegPath: z.string().nullable().default(null),
  ffprobePath: z.string().nullable().default(null),
  notifications: z.boolean().default(true),
  defaults: editOptions.prefault({}),
  /** A bucket of the person's own for services that take only web addresses; null for none. */
  bucket: bucketSettings.nullable().default(null),
  /** Ids of workspaces by provider; null or absent for the provider's common host. */
  workspaces: z.record(z.string(), workspaceId.nullable()).default({}),
  /** Above how much a submission is asked about first. */
  spending: spendingLimits.prefault({}),
  /** By fingerprint of a key: the provider whose region accepts it, or 'neither'. */
  regions: z.record(z.string(), providerId.or(z.literal('neither'))).default({}),
})
export type Settings = z.infer<typeof settings>

/** What the window may change; folders and tools are chosen through dialogs in main. */
export const settingsPatch = z
  .object({
    provider: settings.shape.provider.unwrap(),
    language: settings.shape.language.unwrap(),
    theme: settings.shape.theme.unwrap(),
    notifications: z.boolean(),
    defaults: editOptions,
    workspaces: settings.shape.workspaces.unwrap(),
    spending: spendingLimits,
  })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatch>

/** How keys are kept: by the OS keychain, or in plain text where there is none. */
export const keyStore = z.object({
  backend: z.string(),
  encrypted: z.boolean(),
})
export type KeyStore = z.infer<typeof keyStore>

/** An executable the app uses, and what it says of itself. */
export const toolState = z.object({
  path: z.string(),
  bundled: z.boolean(),
  version: z.string().nullable(),
  problem: z.string().nullable(),
})
export type ToolState = z.infer<typeof toolState>

/** Both of them. To know, each is run once. */
export const toolStates = z.object({ ffmpeg: toolState, ffprobe: toolState })
export type ToolStates = z.infer<typeof toolStates>

/** What the settings screen shows at once. */
export const settingsView = z.object({
  settings,
  /** The language in use after 'system' was resolved. */
  language,
  libraryFolder: z.string(),
  homeFolder: z.string(),
  keyStore,
  version: z.string(),
  versions: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
})
export type SettingsView = z.infer<typeof settingsView>
