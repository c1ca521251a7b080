import { useQuery } from '@tanstack/react-query'
import type {
  BucketSettings,
  BucketView,
  SettingsPatch,
  SettingsView,
} from '../../preload/contract'
import { client, keys, useCall } from './client'
import { renewChecks } from './draft-checks'
import { answered } from './failures'

const remember = (view: SettingsView) => client.setQueryData(keys.settings, view)

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: () => answered(window.reshoot.settings.get()) })

/** Paths, versions and problems of ffmpeg and ffprobe. */
export const useTools = () =>
  useQuery({ queryKey: keys.tools, queryFn: () => answered(window.reshoot.settings.tools()) })

export const useChangeSettings = () =>
  useCall((patch: SettingsPatch) => window.reshoot.settings.set(patch), { onSuccess: remember })

/** Opens the folder dialog; nothing changes when it is dismissed. */
export const useChooseLibraryFolder = () =>
  useCall(() => window.reshoot.settings.chooseLibraryFolder(), { onSuccess: remember })

/** Opens the file dialog and tries the executable; `reset` returns to the one that the app chooses. */
export const useChooseTool = () =>
  useCall(
    (input: { tool: 'ffmpeg' | 'ffprobe'; reset: boolean }) =>
      window.reshoot.settings.chooseTool(input),
    { onSuccess: remember },
  )

/** The bucket's settings, stored and from the environment. */
export const useBucket = () =>
  useQuery({ queryKey: keys.bucket, queryFn: () => answered(window.reshoot.bucket.get()) })

/** Whether a draft may be submitted can depend on the bucket, so drafts are checked again. */
const rememberBucket = (view: BucketView) => {
  client.setQueryData(keys.bucket, view)
  renewChecks()
}

/** Changes the bucket; members that are left out stay as they are. */
export const useSetBucket = () =>
  useCall(
    (change: { settings?: BucketSettings; accessKeyId?: string; secretAccessKey?: string }) =>
      window.reshoot.bucket.set(change),
    { onSuccess: rememberBucket },
  )

export const useClearBucket = () =>
  useCall(() => window.reshoot.bucket.clear(), { onSuccess: rememberBucket })

/** Writes, reads through a presigned URL and deletes a small object. */
export const useTestBucket = () => useCall(() => window.reshoot.bucket.test())
