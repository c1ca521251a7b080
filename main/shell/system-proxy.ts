import { app } from 'electron'

/**
 * The system's proxy for an address, from its settings or their script: "PROXY host:port; DIRECT". Not the session's, which
 * leads nowhere (security.ts).
 */
export const systemProxy = (address: string): Promise<string> => app.resolveProxy(address)
