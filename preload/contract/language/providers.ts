/** What each provider is, in one line. */
export const providers = {
  en: {
    provider: {
      sandbox: 'Sandbox: local effects, no AI, free',
      dashscope: 'Alibaba Model Studio, Singapore',
      'dashscope-cn': 'Alibaba Model Studio, Beijing',
      evolink: 'Gateway to Wan 2.7, account in credits',
      apiyi: 'Gateway to Wan 2.7, needs a reference image and a bucket',
      aivideoapi: 'Gateway to Wan 2.7, needs a bucket, account in credits',
    },
  },
  zh: {
    provider: {
      sandbox: '沙盒：本地特效，非 AI，免费',
      dashscope: '阿里云百炼（新加坡）',
      'dashscope-cn': '阿里云百炼（北京）',
      evolink: '万相 2.7 网关，按积分结算',
      apiyi: '万相 2.7 网关，需要参考图和存储桶',
      aivideoapi: '万相 2.7 网关，需要存储桶，按积分结算',
    },
  },
}
