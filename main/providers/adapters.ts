import type { Adapter } from './adapter'

/** Every file of adapters/: the bundler makes the list, so that a new one needs no line anywhere. */
const files = import.meta.glob<Adapter>('./adapters/*.ts', { import: 'adapter' })

/** The protocols that there is an adapter for. */
export const protocols = Object.keys(files).map((file) => /([^/]+)\.ts$/.exec(file)?.[1] ?? file)

/** The adapter of a protocol, loaded when it is first used. Rejects for a protocol that there is no file for. */
export const adapterOf = async (protocol: string): Promise<Adapter> => {
  const load = files[`./adapters/${protocol}.ts`]
  if (!load) throw new Error(`There is no main/providers/adapters/${protocol}.ts`)
  return await load()
}
