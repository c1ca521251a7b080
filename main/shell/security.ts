import { app, type Session, shell } from 'electron'
import { isAllowedLink } from './links'
import { mayLoad, type PageSource, samePlace, securityHeaders } from './page'

/**
 * Puts every renderer into Chromium's sandbox. Not with the switch `--no-sandbox` (root, containers): there the call
 * would end every child process.
 */
export const setupSandbox = (): void => {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

/** The discard port of this computer. */
const nobody = 'http://127.0.0.1:9'

/** Denies all permissions, downloads and network requests of the page. */
export const secureSession = (target: Session, source: PageSource): void => {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.on('will-download', (event) => event.preventDefault())
  target.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !mayLoad(details.url, source) }),
  )
  if (source.kind === 'built') {
    // WebRTC is asked by no other rule: without UDP it goes through a proxy, and nothing listens on this one.
    void target.setProxy({
      mode: 'fixed_servers',
      proxyRules: nobody,
      proxyBypassRules: '<-loopback>',
    })
    return // these files have the headers already
  }
  const headers = securityHeaders(source)
  target.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, ...headers } }),
  )
}

/** Chromium's ERR_ABORTED. */
const aborted = -3

/** Denies navigation, new windows and webviews. */
export const setupContentsGuard = (pageUrl: string): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!samePlace(event.url, pageUrl)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !samePlace(event.url, pageUrl)) event.preventDefault()
    })
    // Navigation to about:blank raises no event before it happens: load the page again.
    contents.on('did-navigate', (_navigated, url) => {
      if (!samePlace(url, pageUrl)) void contents.loadURL(pageUrl)
    })
    // Neither does about:srcdoc, which ends in an error page. A navigation that was stopped leaves the page as it is.
    contents.on('did-fail-load', (_failed, code, _reason, url, isMainFrame) => {
      if (isMainFrame && code !== aborted && !samePlace(url, pageUrl))
        void contents.loadURL(pageUrl)
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      void openLink(url)
      return { action: 'deny' }
    })
  })
}

/** Opens an allowed link in the person's browser; false when the link is not allowed. */
export const openLink = async (url: string): Promise<boolean> => {
  if (!isAllowedLink(url)) return false
  await shell.openExternal(new URL(url).href)
  return true
}
