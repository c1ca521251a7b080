import type { EditOptions, ProviderLimits } from '../../preload/contract'

/** Options that a provider may lack altogether. */
export type OptionName = keyof ProviderLimits['options']

/** Whether an option asks for something that happens only where the provider has it. */
const isAsked: Record<OptionName, (options: EditOptions) => boolean> = {
  sound: ({ sound }) => sound === 'keep',
  promptExtend: ({ promptExtend }) => !promptExtend,
  watermark: ({ watermark }) => watermark,
  callback: ({ callbackUrl }) => callbackUrl !== null,
}

const names = Object.keys(isAsked) as OptionName[]

/** Options that a person chose and the provider would drop in silence. */
export const unsupportedOptions = (options: EditOptions, limits: ProviderLimits): OptionName[] =>
  names.filter((name) => !limits.options[name] && isAsked[name](options))
