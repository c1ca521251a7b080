import type { Facts, Fix, Forecast, Report, Selection } from '../../preload/contract'
import { codeOf } from '../files/errno'
import { type Home, makeHome, resolveHome } from '../home'
import { createFileLog, silentLog } from '../log'
import type { MediaTools } from '../media/media-tools'
import type { Purpose } from '../preflight'
import type { Services } from '../services/services'
import { localeOf } from '../settings/language'
import { plainSecretBox } from '../settings/plain-secret-box'
import { createSettingsStore, type OpenSettingsStore } from '../settings/settings-store'
import type { CliContext } from './context'
import type { Output } from './output'
import { commandName } from './words/command-name'
import { CliRefusal, type Speak, speaker } from './words/words'

export interface CliServices {
  services: Services
  speak: Speak
}

/** Runs a command with the same services as the window, then closes them. */
export const withServices = async (
  home: string | undefined,
  context: CliContext,
  output: Output,
  command: (opened: CliServices) => Promise<number>,
): Promise<number> => {
  const [{ openServices }, { takeEnvironment }] = await Promise.all([
    import('../services/services'),
    import('../settings/take-environment'),
    context.ready,
  ])
  const place = resolveHome({ home, env: context.env })
  makeHomeOrRefuse(place)
  const services = await openServices({
    home: place,
    env: takeEnvironment(context.env),
    secretBox: context.secretBox ?? plainSecretBox,
    ...(context.startPictures ? { startPictures: context.startPictures } : {}),
    ...(context.systemProxy ? { systemProxy: context.systemProxy } : {}),
    log: createFileLog(place.logs, 'cli'),
  })
  const speak = speaker(services.settings.language(), commandName(context.env, context.cwd))
  const forget = services.onNotice(({ text }) => output.notice(speak(text.key, text.values)))
  try {
    return await command({ services, speak })
  } finally {
    forget()
    await services.close()
  }
}

const makeHomeOrRefuse = (home: Home): void => {
  try {
    makeHome(home)
  } catch (error) {
    const reason = codeOf(error) ?? String(error)
    throw new CliRefusal({ key: 'cli.bad_home', values: { folder: home.folder, reason } })
  }
}

/** For commands about files. Opens no database and no provider, and creates no home. */
export interface FileTools {
  media: MediaTools
  checkFile: (facts: Facts, name: string, purpose?: Purpose) => Report
  /** Predicts the outcome of a selection and a fix; runs no tools. */
  forecast: (
    name: string,
    facts: Facts,
    selection: Selection | null,
    fix: Fix,
    purpose?: Purpose,
  ) => Forecast
  /** What people use a file of this kind for most. */
  usualPurpose: (kind: Facts['kind']) => Purpose | undefined
  speak: Speak
}

/** Opens only Settings; creates nothing. Throws a file system error if they cannot be read. */
export const openSettingsAlone = (
  home: string | undefined,
  { env }: Pick<CliContext, 'env'>,
): OpenSettingsStore =>
  createSettingsStore({
    file: resolveHome({ home, env }).settings,
    locale: () => localeOf(env),
    defaultProvider: () => 'sandbox',
    clock: { now: Date.now },
    log: silentLog,
    notice: null, // commands that open the services show notices
  })

/** Loads ffprobe, sharp and preflight only now, so that `--help` and usage errors answer at once. */
export const openFileTools = async (
  home: string | undefined,
  context: CliContext,
): Promise<FileTools> => {
  const [
    { createMediaTools },
    { openKnownFacts },
    { createPictures, picturesHere },
    { searchFfmpeg, toolPaths },
    { checkFile, forecast, usualPurpose },
  ] = await Promise.all([
    import('../media/create-media-tools'),
    import('../media/known-facts'),
    import('../media/images/pictures'),
    import('../tools/tool-paths'),
    import('../preflight'),
  ])
  const place = resolveHome({ home, env: context.env })
  const settings = openSettingsAlone(home, context)
  const chosen = settings.get()
  return {
    media: createMediaTools(
      toolPaths(() => chosen, searchFfmpeg(place, context.env)),
      context.startPictures ? createPictures(context.startPictures, context.ready) : picturesHere,
      openKnownFacts(place.facts, Date.now),
    ),
    checkFile,
    forecast,
    usualPurpose,
    speak: speaker(settings.language(), commandName(context.env, context.cwd)),
  }
}
