import type { Adapter } from './adapter'

/** Every `<protocol>/adapter.ts`: the bundler makes the list, so a new adapter needs no line anywhere. */
const files = import.meta.glob<Adapter>('./*/adapter.ts', { import: 'adapter' })

/** The protocols that there is an adapter for. */
export const protocols = Object.keys(files).map(
  (file) => /([^/]+)\/adapter\.ts$/.exec(file)?.[1] ?? file,
)

/** The adapter of a protocol, loaded when it is first used. Rejects for a protocol that there is no file for. */
export const adapterOf = async (protocol: string): Promise<Adapter> => {
  const load = files[`./${protocol}/adapter.ts`]
  if (!load) throw new Error(`There is no main/providers/${protocol}/adapter.ts`)
  return await load()
}
