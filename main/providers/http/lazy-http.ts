import type { Http } from './http'

/** The shared HTTP, loaded with the first request: undici is most of what starting the app would have to read. */
export const createLazyHttp = (): Http => {
  let opened: Promise<Http> | null = null
  const open = (): Promise<Http> => {
    opened ??= import('./http').then(({ createHttp }) => createHttp())
    return opened
  }
  return {
    send: async (request, call) => (await open()).send(request, call),
    close: async () => {
      if (opened) await (await opened).close()
    },
  }
}
