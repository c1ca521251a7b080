import { session } from 'electron'

/** The system's proxy for an address, from its settings or their script: "PROXY host:port; DIRECT". */
export const systemProxy = (address: string): Promise<string> =>
  session.defaultSession.resolveProxy(address)
