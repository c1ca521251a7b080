import { type DashScopeBody, dashScopeBody } from '../dashscope/request'
import type { EditRequest } from '../provider'

/** DashScope's body as APIYI documents it: the three parameters that its table lacks are sent only when chosen. */
export interface ApiyiBody extends Omit<DashScopeBody, 'parameters'> {
  parameters: Omit<DashScopeBody['parameters'], 'duration' | 'audio_setting'> &
    Partial<Pick<DashScopeBody['parameters'], 'duration' | 'audio_setting'>>
}

/** An edit as APIYI wants it (PROVIDERS.md §3.2). */
export function apiyiBody(model: string, request: EditRequest): ApiyiBody {
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
