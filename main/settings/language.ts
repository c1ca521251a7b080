/** The locale of the environment, in POSIX's order of priority. */
export const localeOf = (env: NodeJS.ProcessEnv): string | undefined =>
  [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
