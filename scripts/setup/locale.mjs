import { spawnSync } from 'node:child_process'

/** The encoding of file names that a program sees, as the C library says it. @param {NodeJS.ProcessEnv} environment */
const encoding = (environment) => {
  const { stdout } = spawnSync('locale', ['charmap'], {
    env: environment,
    encoding: 'utf8',
    timeout: 5_000,
  })
  return stdout?.trim()
}

/**
 * What to add to an environment so that files of any name can be opened: Chromium reads names in the
 * locale's encoding, and files with other letters than ASCII cannot even be dropped where there is none
 * (a bare container, or a locale that is named but not installed).
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export const readableNames = (environment = process.env) => {
  if (process.platform !== 'linux') return {}
  const found = encoding(environment)
  // Without the program `locale` nothing is known: the person's own choice stays.
  return found === undefined || /^utf-?8$/i.test(found) ? {} : { LC_ALL: 'C.UTF-8' }
}
