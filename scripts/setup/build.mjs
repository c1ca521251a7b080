import { existsSync, readFileSync } from 'node:fs'
import { alone } from './lock.mjs'
import { run, tail } from './processes.mjs'
import { at, root } from './project.mjs'
import { SetupError, say } from './say.mjs'
import { digest, fingerprints, hasStamp, removeStamp, writeStamp } from './stamps.mjs'

const stampFile = at('out', '.stamp')
const BUILD_SECONDS = 5 * 60

const sources = ['main', 'preload', 'renderer', 'resources']
const configuration = ['electron.vite.config.ts', 'tsconfig.json', 'package.json']
const results = ['main/index.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html']

/** A digest of everything that out/ is built from. */
const wanted = () =>
  digest(
    [...sources, ...configuration].flatMap((name) => fingerprints(at(name))),
    readFileSync(at('package-lock.json'), 'utf8'),
  )

const isFresh = () =>
  results.every((file) => existsSync(at('out', file))) && hasStamp(stampFile, wanted())

/** Makes the next command build again. Called before something else writes into out/. */
export const forgetBuild = () => removeStamp(stampFile)

/**
 * Builds out/ when it is missing or older than its sources.
 *
 * @throws {SetupError} with the builder's output
 */
export const ensureBuild = async () => {
  if (isFresh()) return
  await alone(async () => {
    if (isFresh()) return
    say('Building…')
    forgetBuild()
    // Computed before the build: sources that change meanwhile must be built again.
    const value = wanted()
    const tool = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const { code, output, timedOut } = await run(process.execPath, [tool, 'build'], {
      cwd: root,
      seconds: BUILD_SECONDS,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    })
    if (timedOut)
      throw new SetupError(
        `The build took more than ${BUILD_SECONDS / 60} minutes and was stopped.`,
      )
    if (code !== 0) throw new SetupError(`The build failed:\n${tail(output, 60)}`)
    writeStamp(stampFile, value)
  })
}
