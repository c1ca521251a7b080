import type { providers as english } from '../en/providers'
import type { TableLike } from '../table'

export const providers: TableLike<typeof english> = {
  provider: {
    sandbox: 'Sandbox：本地特效，非 AI，免费',
    dashscope: '阿里云百炼（新加坡）',
    'dashscope-cn': '阿里云百炼（北京）',
    evolink: '万相 2.7 网关，按积分结算',
    apiyi: '万相 2.7 网关，需要参考图和存储桶',
    aivideoapi: '万相 2.7 网关，需要存储桶，按积分结算',
  },
}
