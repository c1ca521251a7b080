import { modeTable } from './mode-table'
import type { Pricing, ProviderData } from './provider-row'
import { resultLife, wan27 } from './wan27'

/** The edit mode where a service offers all of the model. */
const wholeEdit = { model: 'wan2.7-videoedit', limits: wan27.edit.options }

/** The other modes where a service offers all of the model, under the model's own names. */
const wholeText = { model: 'wan2.7-t2v', limits: wan27.text.options }
const wholeImage = { model: 'wan2.7-i2v', limits: wan27.image.options }
const wholeReferences = { model: 'wan2.7-r2v', limits: wan27.references.options }

/** Prices of a second, for the modes that bill what is made, and what is sent with references. */
const madeAt = <Price extends Omit<Pricing, 'bills' | 'inputUpTo'>>(price: Price) => ({
  output: { ...price, bills: 'output' as const },
  references: {
    ...price,
    bills: 'input+output' as const,
    inputUpTo: wan27.references.billedInput,
  },
})

/** What the Model Studio in both regions offers beside edits. */
const dashScopeModes = (price: Omit<Pricing, 'bills' | 'inputUpTo'>) => ({
  text: { ...wholeText, pricing: madeAt(price).output },
  image: { ...wholeImage, pricing: madeAt(price).output },
  references: { ...wholeReferences, pricing: madeAt(price).references },
})

const prices = {
  // Accounts in Singapore pay in dollars; the list prices are ¥0.733924 and ¥1.100886 (docs/providers/dashscope.md, "Price").
  dashscope: { currency: 'USD', perSecond: { '720p': 0.1, '1080p': 0.15 } },
  dashScopeBeijing: { currency: 'CNY', perSecond: { '720p': 0.6, '1080p': 1 } },
  // Prices are in dollars, accounts hold credits: 68 credits are one dollar.
  evolink: {
    currency: 'USD',
    perSecond: { '720p': 0.086, '1080p': 0.144 },
    also: { currency: 'credits', rate: 68 },
  },
  apiyi: { currency: 'USD', perSecond: { '720p': 0.084, '1080p': 0.14 } },
  // A credit costs half a cent, derived from price examples on its other pages.
  aivideoapi: {
    currency: 'credits',
    perSecond: { '720p': 24, '1080p': 40 },
    also: { currency: 'USD', rate: 0.005 },
  },
} satisfies Record<string, Omit<Pricing, 'bills'>>

/** What the Sandbox costs, in every mode. */
const free = {
  currency: 'USD',
  perSecond: { '720p': 0, '1080p': 0 },
  bills: 'nothing',
} as const satisfies Pricing

/** EvoLink's own bounds and options, in every mode. */
const evoLinkLimits = {
  seed: { min: 1, max: 2_147_483_647 },
  options: { sound: true, promptExtend: true, watermark: false, callback: true },
}
const evoLinkMade = { ...evoLinkLimits, options: { ...evoLinkLimits.options, sound: false } }

/** aivideoapi.ai's, in every mode. */
const aiVideoApiMade = {
  refusesLongText: true,
  options: { sound: false, promptExtend: true, watermark: true, callback: true },
}

/** What both regions of DashScope share (docs/providers/dashscope.md). */
const dashScope = {
  protocol: 'dashscope',
  polling: { first: 5_000, interval: 15_000, jitter: 0.2 },
  retention: resultLife,
  keyVariable: 'DASHSCOPE_API_KEY',
  cancels: true,
} as const satisfies Partial<ProviderData>

/**
 * Every provider, one row each, in the order in which they are offered.
 *
 * Ids, taglines, the choices in the window and on the command line, keys, addresses, estimates and the edit rules
 * all come from it. A row's `protocol` names its adapter.
 */
export const providerTable = {
  sandbox: {
    name: 'Sandbox',
    protocol: 'dashscope',
    modes: {
      edit: { ...wholeEdit, pricing: free },
      text: { ...wholeText, pricing: free },
      image: { ...wholeImage, pricing: free },
      references: { ...wholeReferences, pricing: free },
    },
    polling: { first: 500, interval: 1_000, jitter: 0.1 },
    retention: resultLife,
    keyVariable: null,
    baseUrlVariables: [],
    baseUrl: 'http://127.0.0.1',
    cancels: true,
  },

  dashscope: {
    ...dashScope,
    name: 'DashScope Singapore',
    modes: {
      edit: { ...wholeEdit, pricing: { ...prices.dashscope, bills: 'input+output' } },
      ...dashScopeModes(prices.dashscope),
    },
    baseUrlVariables: ['RESHOOT_DASHSCOPE_URL'],
    baseUrl: 'https://dashscope-intl.aliyuncs.com',
    workspaceDomain: 'ap-southeast-1.maas.aliyuncs.com',
    region: 'Singapore',
    sibling: 'dashscope-cn',
    pages: {
      keys: 'https://modelstudio.console.alibabacloud.com/ap-southeast-1?tab=playground#/api-key',
      billing: 'https://billing-cost.console.alibabacloud.com/fortune/billing-account',
    },
  },

  // RESHOOT_DASHSCOPE_URL overrides both regions, RESHOOT_DASHSCOPE_CN_URL only Beijing.
  'dashscope-cn': {
    ...dashScope,
    name: 'DashScope Beijing',
    modes: {
      edit: { ...wholeEdit, pricing: { ...prices.dashScopeBeijing, bills: 'input+output' } },
      ...dashScopeModes(prices.dashScopeBeijing),
    },
    baseUrlVariables: ['RESHOOT_DASHSCOPE_CN_URL', 'RESHOOT_DASHSCOPE_URL'],
    baseUrl: 'https://dashscope.aliyuncs.com',
    workspaceDomain: 'cn-beijing.maas.aliyuncs.com',
    region: 'Beijing',
    sibling: 'dashscope',
    pages: {
      keys: 'https://bailian.console.aliyun.com/cn-beijing?tab=model#/api-key',
      billing: 'https://billing-cost.console.aliyun.com/',
    },
  },

  // docs/providers/evolink.md. Whether a clip that is continued may have a last frame is not said there.
  evolink: {
    name: 'EvoLink',
    protocol: 'evolink',
    modes: {
      edit: {
        model: 'wan2.7-video-edit',
        limits: { ...wan27.edit.options, ...evoLinkLimits },
        pricing: { ...prices.evolink, bills: 'input+output' },
        defaults: { promptExtend: false },
      },
      text: {
        model: 'wan2.7-text-to-video',
        limits: { ...wan27.text.options, ...evoLinkMade },
        pricing: madeAt(prices.evolink).output,
        defaults: { promptExtend: false },
      },
      image: {
        model: 'wan2.7-image-to-video',
        limits: { ...wan27.image.options, ...evoLinkMade },
        pricing: madeAt(prices.evolink).output,
        defaults: { promptExtend: false },
        sets: [modeTable.image.sets[0], { clip: modeTable.image.sets[1].clip }],
      },
      references: {
        model: 'wan2.7-reference-video',
        limits: { ...wan27.references.options, ...evoLinkMade },
        pricing: madeAt(prices.evolink).references,
        defaults: { promptExtend: false },
      },
    },
    polling: { first: 10_000, interval: 10_000, jitter: 0.2 },
    retention: resultLife,
    keyVariable: 'EVOLINK_API_KEY',
    baseUrlVariables: ['RESHOOT_EVOLINK_URL'],
    baseUrl: 'https://api.evolink.ai',
    // Its documents name only images, its own tools also send clips: a clip that it refuses goes to the bucket.
    stores: 'images',
    pages: {
      keys: 'https://evolink.ai/dashboard/keys',
      billing: 'https://evolink.ai/dashboard',
    },
    tellsBalance: true,
    files: { baseUrl: 'https://files-api.evolink.ai', variable: 'RESHOOT_EVOLINK_FILES_URL' },
  },

  // docs/providers/apiyi.md. It documents 1 to 5 reference images, but the model accepts at most 4. It documents that
  // it bills the seconds of an edit's result; the service behind it also bills those of the clip. Its tables know no
  // sound for words, no last frame and no clip to continue.
  apiyi: {
    name: 'APIYI',
    protocol: 'apiyi',
    modes: {
      edit: {
        model: 'wan2.7-videoedit',
        limits: { ...wan27.edit.options, images: { ...wan27.edit.options.images, min: 1 } },
        pricing: { ...prices.apiyi, bills: 'output', upTo: 2 },
      },
      text: { ...wholeText, pricing: madeAt(prices.apiyi).output, sets: [{}] },
      image: {
        ...wholeImage,
        pricing: madeAt(prices.apiyi).output,
        sets: [
          {
            'first-frame': modeTable.image.sets[0]['first-frame'],
            sound: modeTable.image.sets[0].sound,
          },
        ],
      },
      references: { ...wholeReferences, pricing: madeAt(prices.apiyi).references },
    },
    polling: { first: 10_000, interval: 7_000, jitter: 0.2 },
    activeTasks: 8,
    retention: resultLife,
    keyVariable: 'APIYI_API_KEY',
    baseUrlVariables: ['RESHOOT_APIYI_URL'],
    baseUrl: 'https://api.apiyi.com',
    stores: 'nothing',
    pages: {
      keys: 'https://api.apiyi.com/token',
      billing: 'https://api.apiyi.com/account/profile',
    },
  },

  // docs/providers/aivideoapi.md. Its image mode requires an image, so it cannot continue a clip alone. It bills
  // seconds of the result, and uses one voice, for the main character.
  aivideoapi: {
    name: 'aivideoapi.ai',
    protocol: 'aivideoapi',
    modes: {
      edit: {
        model: 'wan-2.7-video-edit',
        limits: {
          ...wan27.edit.options,
          refusesLongText: true,
          images: { ...wan27.edit.options.images, used: 1 },
          // Without a ratio every result is 16:9, so the adapter sends the ratio nearest to the clip's.
          keepsRatio: false,
          options: { sound: true, promptExtend: true, watermark: true, callback: true },
        },
        pricing: { ...prices.aivideoapi, bills: 'input' },
      },
      text: {
        model: 'wan-2.7-text-to-video',
        limits: { ...wan27.text.options, ...aiVideoApiMade },
        pricing: madeAt(prices.aivideoapi).output,
      },
      image: {
        model: 'wan-2.7-image-to-video',
        limits: { ...wan27.image.options, ...aiVideoApiMade },
        pricing: madeAt(prices.aivideoapi).output,
        sets: [modeTable.image.sets[0]],
        needs: 'prompt',
      },
      references: {
        model: 'wan-2.7-reference-to-video',
        limits: {
          ...wan27.references.options,
          ...aiVideoApiMade,
          duration: { ...wan27.references.options.duration, max: 10 },
        },
        pricing: madeAt(prices.aivideoapi).output,
        voices: 'first',
      },
    },
    polling: { first: 10_000, interval: 10_000, jitter: 0.2 },
    retention: resultLife,
    keyVariable: 'AIVIDEOAPI_API_KEY',
    baseUrlVariables: ['RESHOOT_AIVIDEOAPI_URL'],
    baseUrl: 'https://api.aivideoapi.ai',
    tellsBalance: true,
    stores: 'nothing',
    pages: {
      keys: 'https://aivideoapi.ai/dashboard/api-keys',
      billing: 'https://aivideoapi.ai/dashboard/billing',
    },
  },
} satisfies Record<string, ProviderData>
