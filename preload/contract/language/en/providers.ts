import type { providerTable } from '../../provider-table'

/** One line about each provider. */
export const providers = {
  provider: {
    sandbox: 'Sandbox: local effects, no AI, free',
    dashscope: 'Alibaba Model Studio, Singapore',
    'dashscope-cn': 'Alibaba Model Studio, Beijing',
    evolink: 'Wan 2.7 gateway, billed in credits',
    apiyi: 'Wan 2.7 gateway, needs a reference image and a bucket',
    aivideoapi: 'Wan 2.7 gateway, needs a bucket, billed in credits',
  } satisfies Record<keyof typeof providerTable, string>,
}
