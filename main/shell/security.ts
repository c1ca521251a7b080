import { app, type Session, session, shell, type WebContents } from 'electron'
import { type PageSource, securityHeaders } from './content-policy'
import { isAllowedLink } from './links'
import { samePlace } from './sender'

/**
 * Puts every renderer into Chromium's sandbox. With `--no-sandbox` (root, containers) the call would end every child
 * process, and the switch says what is wanted.
 */
export const setupSandbox = (): void => {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

/** Schemes a page of ours may load from; everything it needs from the network, main fetches itself. */
const localSchemes = new Set(['reshoot:', 'reshoot-media:', 'blob:', 'data:'])

/** Denies every permission and download, and every request that would leave the app. */
export const secureSession = (target: Session, source: PageSource): void => {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.on('will-download', (event) => event.preventDefault())
  target.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !mayLoad(details.url, source) }),
  )
  if (source.kind === 'development') addHeaders(target, source)
}

/** Whether a page may load an address at all, whatever its policy says. */
export const mayLoad = (url: string, source: PageSource): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  if (localSchemes.has(protocol)) return true
  if (source.kind === 'built') return false
  return protocol === 'devtools:' || host === new URL(source.origin).host
}

const addHeaders = (target: Session, source: PageSource): void => {
  const headers = securityHeaders(source)
  target.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, ...headers } }),
  )
}

/** Keeps every page where it is: no navigation, no windows, no webviews. */
export const setupContentsGuard = (pageUrl: string): void => {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, pageUrl))
}

const guardContents = (contents: WebContents, pageUrl: string): void => {
  contents.on('will-navigate', (event) => {
    if (!samePlace(event.url, pageUrl)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !samePlace(event.url, pageUrl)) event.preventDefault()
  })
  // Chromium asks nobody before it shows about:blank: the page has to be brought back.
  contents.on('did-navigate', (_event, url) => {
    if (!samePlace(url, pageUrl)) void contents.loadURL(pageUrl)
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    void openLink(url)
    return { action: 'deny' }
  })
}

/** Opens an allowed page in the person's browser; false when the address is not one of ours. */
export const openLink = async (url: string): Promise<boolean> => {
  if (!isAllowedLink(url)) return false
  await shell.openExternal(new URL(url).href)
  return true
}

/** The session of the app's window. */
export const appSession = (): Session => session.defaultSession
