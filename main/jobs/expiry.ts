/** When task and result vanish at the provider; known from the moment the task was created. Milliseconds. */
export const expiryOf = (submittedAt: number, retention: number): number => submittedAt + retention

export const hasExpired = (expiresAt: number | null, now: number): boolean =>
  expiresAt !== null && now >= expiresAt

/** Milliseconds before its end at which an uploaded URL is no longer trusted for a new create. */
const uploadMargin = 30 * 60_000

/** Whether an uploaded URL will live long enough for the service to fetch it. */
export const uploadIsFresh = (expiresAt: number | null, now: number): boolean =>
  expiresAt === null || now < expiresAt - uploadMargin
