/** The locale that the environment asks for, in POSIX's order. */
export const localeOf = (env: NodeJS.ProcessEnv): string | undefined =>
  [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
