import type { ProviderMode } from '../../../preload/contract'
import { type DashScopeBody, dashScopeBody } from '../dashscope/request'
import type { ProviderRequest } from '../provider'

/**
 * DashScope's body as APIYI documents it (docs/providers/apiyi.md, "Create an edit"): parameters of an edit that are
 * not in its table are sent only when chosen.
 */
export const apiyiBody = (
  offer: Pick<ProviderMode, 'model' | 'limits'>,
  request: ProviderRequest,
): DashScopeBody => {
  const body = dashScopeBody(offer, request)
  if (request.mode !== 'edit') return body
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
