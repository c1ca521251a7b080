/** Why something failed, in one sentence each: failure.<cause>. */
export const failures = {
  en: { failure: {} },
  zh: { failure: {} },
}
