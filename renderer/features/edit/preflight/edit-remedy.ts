import type { EditOptions, Finding, ProviderLimits } from '../../../../preload/contract'

/** One press that makes an option one that the provider takes. */
export interface EditRemedy {
  say: 'leaveOut' | 'use' | 'keepRatio' | 'nearestRatio' | 'anySeed' | 'takeAll'
  /** What is used instead, where it is named. */
  value: string
  options: Partial<EditOptions>
}

/** The options as they are when nothing is asked of the provider. */
const unasked: Partial<Record<string, Partial<EditOptions>>> = {
  sound: { sound: 'auto' },
  promptExtend: { promptExtend: true },
  watermark: { watermark: false },
}

/** What one press does about an option that the provider does not take; null where a person has to decide. */
export const editRemedy = (
  { rule, level, measured }: Finding,
  { qualities, keepsRatio }: Pick<ProviderLimits, 'qualities' | 'keepsRatio'>,
): EditRemedy | null => {
  if (level !== 'warn' && level !== 'fail') return null
  const remedy = (say: EditRemedy['say'], options: Partial<EditOptions>, value = '') => ({
    say,
    value,
    options,
  })
  switch (rule) {
    case 'options': {
      const options = unasked[String(measured)]
      return options ? remedy('leaveOut', options) : null
    }
    case 'callback':
      return remedy('leaveOut', { callbackUrl: null })
    case 'quality': {
      const [quality] = qualities
      return quality ? remedy('use', { quality }, quality) : null
    }
    case 'ratio':
      return remedy(keepsRatio ? 'keepRatio' : 'nearestRatio', { ratio: null })
    case 'seed':
      return remedy('anySeed', { seed: null })
    case 'cut':
      return remedy('takeAll', { cut: 0 })
    default:
      return null
  }
}
