import { accessSync, constants } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { version } from '../../package.json'
import { type Language, type Settings, settings as settingsSchema } from '../../preload/contract'
import { languageOf } from '../../preload/contract/language/languages'
import { createAnonymous } from '../diagnostics/anonymous'
import { databaseFacts, setAsideIn } from '../diagnostics/database-facts'
import { lastProblems } from '../diagnostics/last-problems'
import { reachOf } from '../diagnostics/reach'
import { reportText, type Section, section, settingLines, toolSection } from '../diagnostics/report'
import { codeOf, hasCode } from '../files/errno'
import { freeBytes } from '../files/free-bytes'
import type { Home } from '../home'
import { silentLog } from '../log'
import { createFetch } from '../network/fetch'
import { createNetwork } from '../network/network'
import { createProxyOf } from '../network/proxies'
import { createProviders } from '../providers/registry'
import { createKeys } from '../settings/keys'
import { localeOf } from '../settings/language'
import type { Keys, SecretBox } from '../settings/settings'
import { createSettingsStore } from '../settings/settings-store'
import { searchFfmpeg } from '../tools/tool-paths'
import { toolVersion } from '../tools/tool-version'
import { bucketVariablesSet } from '../uploads/bucket-access'
import { secretNames, secretVariable } from './secret-variables'
import { createToolStates } from './tool-states'

interface DiagnoseOptions {
  home: Home
  /** With the keys that it may hold. */
  env: NodeJS.ProcessEnv
  secretBox: SecretBox
  locale?: () => string | undefined
  systemProxy?: (address: string) => Promise<string>
  /** The error that the report is about. */
  errorId?: string | null
}

/**
 * A report for finding faults, without what is personal: versions, tools and why they are used, whether the providers
 * with a key can be reached, disk, database and the last problems of the logs. Depends on no running service, so that
 * it can also be made where the app cannot start. Never rejects, and changes nothing but what every reading of settings and
 * keys sets aside.
 */
export const diagnose = async (options: DiagnoseOptions): Promise<Section[]> => {
  const { home, env } = options
  const around = { clock: { now: Date.now }, log: silentLog, notice: () => {} }
  const store = createSettingsStore({
    file: home.settings,
    locale: options.locale ?? (() => localeOf(env)),
    defaultProvider: () => 'sandbox',
    ...around,
  })
  const settings = settingsIn(store.get)
  const keys = createKeys({
    file: home.secrets,
    env,
    box: options.secretBox,
    variableOf: secretVariable,
    ...around,
  })
  const results = settings.libraryFolder ?? home.libraryFolder
  const sections = await Promise.all([
    section('Versions', versionLines),
    section('Settings', () => [
      ...settingLines(settings, languageIn(store.language)),
      keyStoreLine(keys),
      `bucket variables: ${bucketVariablesSet(env).join(', ') || 'none'}`,
    ]),
    section('Tools', () => toolsOf(options, settings)),
    section('Providers', () => providersOf(options, keys)),
    section('Disk', () =>
      Promise.all([diskLine('data folder', home.folder), diskLine('results', results)]),
    ),
    section('Database', () => databaseFacts(home.database)),
    section('Damaged files that were set aside', () => setAsideIn(home.folder)),
    section('Last warnings and errors', () => lastProblems(home.logs, options.errorId ?? null)),
  ])
  const anonymous = createAnonymous({
    folders: [
      { word: 'data', folder: home.folder },
      { word: 'results', folder: results },
      { word: 'app', folder: path.dirname(path.dirname(import.meta.dirname)) },
      { word: 'temporary', folder: os.tmpdir() },
    ],
    userFolder: os.homedir(),
    names: [nameOfUser(), os.hostname()],
    secrets: secretNames.flatMap((name) => secretIn(keys, name) ?? []),
  })
  const about = !options.errorId ? [] : [`about error ${options.errorId}`]
  const head: Section = {
    title: `Reshoot report, ${new Date().toISOString()}`,
    lines: [...about, 'no keys, prompts, names or file names; folders are shortened'],
  }
  return [head, ...sections].map(({ title, lines }) => ({ title, lines: lines.map(anonymous) }))
}

/** The same as one text. */
export const diagnosis = async (options: DiagnoseOptions): Promise<string> =>
  reportText(await diagnose(options))

const settingsIn = (get: () => Settings): Settings => {
  try {
    return get()
  } catch {
    return settingsSchema.parse({}) // it cannot be read, which the log says
  }
}

const languageIn = (language: () => Language): Language => {
  try {
    return language()
  } catch {
    return languageOf(undefined)
  }
}

const secretIn = (keys: Keys, name: (typeof secretNames)[number]): string | null => {
  try {
    return keys.get(name)
  } catch {
    return null // the file cannot be read: then no key of it is in use
  }
}

const nameOfUser = (): string => {
  try {
    return os.userInfo().username
  } catch {
    return '' // a user without an entry in the system's list, as in a container
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

const versionLines = (): string[] => {
  const { electron, chrome, node, sqlite } = process.versions
  return [
    `Reshoot ${version}`,
    `Electron ${electron ?? 'none'}, Chromium ${chrome ?? 'none'}, Node ${node}, SQLite ${sqlite ?? 'unknown'}`,
    `${os.type()} ${os.release()} ${process.arch}, ${os.version()}`,
    `${os.availableParallelism()} processors, ${gigabytes(os.totalmem())} of memory, ${gigabytes(os.freemem())} free`,
  ]
}

const keyStoreLine = (keys: Keys): string => {
  const { backend, encrypted } = keys.store()
  return `key store: ${backend}, ${encrypted ? 'encrypted' : 'not encrypted'}`
}

const toolsOf = async ({ home, env }: DiagnoseOptions, settings: Settings) => {
  const stateOf = createToolStates({
    media: { version: toolVersion },
    settings: { get: () => settings },
    ffmpegs: searchFfmpeg(home, env),
  })
  const [ffmpeg, ffprobe] = await Promise.all([stateOf('ffmpeg'), stateOf('ffprobe')])
  return toolSection({ ffmpeg, ffprobe })
}

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']

const providersOf = async ({ env, systemProxy }: DiagnoseOptions, keys: Keys) => {
  const network = createNetwork(createProxyOf(env, systemProxy))
  const { fetch, close } = createFetch(network)
  const sandbox = () => Promise.reject(new Error('not needed'))
  const providers = createProviders({ keys, env, sandbox, network })
  try {
    const asking = { fetch, proxyOf: network.proxyOf, now: () => performance.now() }
    const lines = await Promise.all(providers.describe().map((each) => reachOf(each, asking)))
    const set = proxyVariables.filter((name) => env[name] || env[name.toLowerCase()])
    return [...lines, `proxy variables: ${set.join(', ') || 'none'}`]
  } finally {
    await Promise.all([close(), providers.close()])
  }
}

const diskLine = async (name: string, folder: string): Promise<string> => {
  const access = accessTo(folder)
  return `${name}: ${folder}: ${gigabytes(await freeBytes(folder))} free, ${access}`
}

const accessTo = (folder: string): string => {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK)
    return 'can be written'
  } catch (error) {
    return hasCode(error, 'ENOENT') ? 'is not there' : `cannot be written (${codeOf(error)})`
  }
}
