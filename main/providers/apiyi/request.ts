import { type DashScopeBody, dashScopeBody } from '../dashscope/request'
import type { ProviderRequest } from '../provider'

/**
 * DashScope's body as APIYI documents it (docs/providers/apiyi.md, "Create an edit"): parameters that are not in its
 * table are sent only when chosen.
 */
export const apiyiBody = (model: string, request: ProviderRequest): DashScopeBody => {
  const body = dashScopeBody(model, request)
  const { duration, audio_setting, ...parameters } = body.parameters
  return {
    ...body,
    parameters: {
      ...parameters,
      duration: duration === 0 ? undefined : duration,
      audio_setting: audio_setting === 'auto' ? undefined : audio_setting,
    },
  }
}
