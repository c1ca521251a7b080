import { type DashScopeBody, dashScopeBody } from '../dashscope/request'
import type { ProviderRequest } from '../provider'

/** DashScope's body as APIYI documents it: parameters that are not in its table are sent only when chosen. */
export interface ApiyiBody extends Omit<DashScopeBody, 'parameters'> {
  parameters: Omit<DashScopeBody['parameters'], 'duration' | 'audio_setting'> &
    Partial<Pick<DashScopeBody['parameters'], 'duration' | 'audio_setting'>>
}

/** An edit as APIYI expects it (docs/providers/apiyi.md, "Create an edit"). */
export const apiyiBody = (model: string, request: ProviderRequest): ApiyiBody => {
  const body = dashScopeBody(model, request)
  const { duration, audio_setting, ...parameters } = body.parameters
  return {
    ...body,
    parameters: {
      ...parameters,
      ...(duration === 0 ? {} : { duration }),
      ...(audio_setting === 'auto' ? {} : { audio_setting }),
    },
  }
}
