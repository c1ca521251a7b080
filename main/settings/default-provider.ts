import type { KeySource, ProviderId } from '../../preload/contract'

/**
 * The provider while a person has chosen none: the first one with a key, else the Sandbox.
 * Window and command line ask the same.
 */
export const defaultProvider = (
  providers: readonly ProviderId[],
  sourceOf: (provider: ProviderId) => KeySource,
): ProviderId =>
  providers.find((provider) => ['stored', 'environment'].includes(sourceOf(provider))) ?? 'sandbox'
