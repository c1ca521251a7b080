/** What each provider is, in one line. */
export const providers = {
  en: {
    provider: {
      sandbox: 'Sandbox: local effects, no AI, free',
      dashscope: 'Alibaba Model Studio, Singapore',
      'dashscope-cn': 'Alibaba Model Studio, Beijing',
      evolink: 'EvoLink',
      apiyi: 'APIYI',
      aivideoapi: 'aivideoapi.ai',
    },
  },
  zh: {
    provider: {
      sandbox: '沙盒：本地特效，非 AI，免费',
      dashscope: '阿里云百炼（新加坡）',
      'dashscope-cn': '阿里云百炼（北京）',
      evolink: 'EvoLink',
      apiyi: 'APIYI',
      aivideoapi: 'aivideoapi.ai',
    },
  },
}
