/** Preflight's sentences: finding.<rule>_<variant>. */
export const findings = {
  en: { finding: {} },
  zh: { finding: {} },
}
