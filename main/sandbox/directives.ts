/**
 * Words in brackets that make the Sandbox fail on demand, for demonstrations and tests. They may stand
 * anywhere in the prompt, in any case, and be combined.
 *
 * | directive      | what happens                                                                      |
 * |----------------|-----------------------------------------------------------------------------------|
 * | `[rate-limit]` | the first two creates of this prompt are refused (429 `Throttling.RateQuota`)     |
 * | `[invalid]`    | the create is refused (400 `InvalidParameter`)                                    |
 * | `[arrearage]`  | the create is refused (400 `Arrearage`): an unpaid bill                           |
 * | `[lost]`       | the create is accepted, but the connection is cut before the answer               |
 * | `[moderation]` | the task runs, then fails with `DataInspectionFailed`                             |
 * | `[fail]`       | the task runs, then fails with `InternalError`                                    |
 * | `[expired]`    | the task succeeds, but its link answers 403; from then on the task is `UNKNOWN`   |
 * | `[slow]`       | waiting and running take eight times as long                                      |
 */
export const directives = [
  'rate-limit',
  'invalid',
  'arrearage',
  'lost',
  'moderation',
  'fail',
  'expired',
  'slow',
] as const
export type Directive = (typeof directives)[number]

/** The directives of a prompt. */
export const directivesOf = (prompt: string): Set<Directive> => {
  const words = [...prompt.matchAll(/\[([a-z-]+)\]/gi)].map(([, word]) => word?.toLowerCase())
  return new Set(directives.filter((directive) => words.includes(directive)))
}
