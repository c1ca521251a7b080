import { protocol } from 'electron'
import { appScheme } from './app-scheme'
import { mediaScheme } from './media-scheme'

/** Makes our schemes real ones; has to happen before Electron is ready. */
export const setupSchemes = (): void =>
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
    { scheme: mediaScheme, privileges: { standard: true, secure: true, stream: true } },
  ])
