import { app } from 'electron'
import { appUrl } from './app-scheme'
import type { PageSource } from './content-policy'

/** Where the window's page is: built, or on the server of `npm run dev`. */
export const pageSource = (): { url: string; source: PageSource } => {
  const server = process.env['ELECTRON_RENDERER_URL']
  if (app.isPackaged || !server || !URL.canParse(server))
    return { url: appUrl, source: { kind: 'built' } }
  return { url: server, source: { kind: 'development', origin: new URL(server).origin } }
}
