/** When task and result vanish at the provider; known from the moment the task was created. Milliseconds. */
export const expiryOf = (submittedAt: number, retention: number): number => submittedAt + retention

export const hasExpired = (expiresAt: number | null, now: number): boolean =>
  expiresAt !== null && now >= expiresAt

/** Milliseconds that providers keep an uploaded file at least: DashScope 48 h, EvoLink 72 h (PROVIDERS.md §0). */
export const uploadLife = 48 * 3_600_000

/** Milliseconds before its end at which an uploaded URL is no longer trusted for a new create. */
const uploadMargin = 30 * 60_000

/** Whether an uploaded URL will live long enough for the service to fetch it. */
export const uploadIsFresh = (expiresAt: number, now: number): boolean =>
  now < expiresAt - uploadMargin
