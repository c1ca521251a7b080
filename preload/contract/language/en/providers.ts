import type { providerTable } from '../../provider-table'

/** One line about each provider. */
export const providers = {
  provider: {
    sandbox: 'Sandbox: local effects, no AI, free',
    dashscope: 'Alibaba Model Studio, Singapore',
    'dashscope-cn': 'Alibaba Model Studio, Beijing',
    evolink: 'Gateway to Wan 2.7, account in credits',
    apiyi: 'Gateway to Wan 2.7, needs a reference image and a bucket',
    aivideoapi: 'Gateway to Wan 2.7, needs a bucket, account in credits',
  } satisfies Record<keyof typeof providerTable, string>,
}
