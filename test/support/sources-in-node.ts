import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Runs TypeScript sources of main in a Node process of their own: arguments before the source, and the environment. */
export const asModule = ['--experimental-transform-types', '--input-type=module', '-e']
export const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }

/** An expression that imports a module of main/tools. */
export const imported = (name: string): string => {
  const file = join(import.meta.dirname, '../../main/tools', `${name}.ts`)
  return `await import(${JSON.stringify(pathToFileURL(file).href)})`
}

/** The source, with a hook that resolves imports without an extension. */
export const withSources = (source: string): string => `
  import { registerHooks } from 'node:module'
  const source = ({ parentURL = '' }) => !parentURL.includes('/node_modules/')
  registerHooks({
    resolve: (name, context, next) =>
      next(source(context) ? name.replace(/^\\.{1,2}\\/.*$/, '$&.ts') : name, context),
  })
  ${source}`
