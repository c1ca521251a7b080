/*
 * Bounds and defaults that the schemas and the window share. The window loads no zod, so they are kept apart from the
 * schemas.
 */

/** Reference images of a draft. Providers accept fewer. */
export const mostImages = 16
/** Files of a draft with a fix, also of images that it no longer has. */
export const mostFixes = 1000
/** Parts of a clip: the selected one and more. */
export const mostParts = 100

/** Characters. */
export const longest = {
  callbackUrl: 4096,
  key: 512,
  region: 64,
  accessKey: 256,
  secretKey: 512,
  taskId: 200,
  report: 100_000,
}

/** So many starts within so many minutes that ended by themselves are a crash loop: the next one pauses the queue. */
export const crashLoop = { starts: 3, minutes: 5 }

/** Id of a DashScope workspace, which becomes part of a host name. */
export const workspacePattern = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/** S3's naming rules, and the looser rules of some storages. */
export const bucketPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/
export const prefixPattern = /^[\x21-\x7e]{0,512}$/
export const bucketDefaults = { region: 'us-east-1', prefix: 'reshoot/' }

/** The units that providers bill in, in the order in which limits are asked about. */
export const spendingUnits = ['USD', 'CNY', 'credits'] as const
/** Limits of a new installation: above the cost of any single edit. */
export const spendingDefaults = { USD: 5, CNY: 35, credits: 1000 }
export const highestSpendingLimit = 1_000_000

/** The oldest version of ffmpeg that is used without being chosen; `oldest` in main/tools/find-ffmpeg.ts is the same. */
export const oldestFfmpeg = 5

/** After # in the page's address: show the first screen of a new home. */
export const welcomeHash = 'welcome'
