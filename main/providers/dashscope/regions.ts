import { createHash } from 'node:crypto'
import {
  type Failure,
  type ProviderId,
  providerTable,
  workspaceId,
} from '../../../preload/contract'
import { plainFailure } from '../failures'
import { ProviderError } from '../provider'

export type RegionId = 'dashscope' | 'dashscope-cn'

/** One region of Alibaba Model Studio: keys, hosts and tasks of one are unknown to the other (PROVIDERS.md §1.1). */
export interface DashScopeRegion {
  id: RegionId
  name: string
  sibling: { id: RegionId; name: string }
  /** The host that everybody shares. */
  classic: string
  /** What the host of a workspace ends in. */
  workspaceDomain: string
}

const { dashscope: singapore, 'dashscope-cn': beijing } = providerTable

export const dashScopeRegions: Record<RegionId, DashScopeRegion> = {
  dashscope: {
    id: 'dashscope',
    name: 'Singapore',
    sibling: { id: 'dashscope-cn', name: 'Beijing' },
    classic: singapore.baseUrl,
    workspaceDomain: singapore.workspaceDomain,
  },
  'dashscope-cn': {
    id: 'dashscope-cn',
    name: 'Beijing',
    sibling: { id: 'dashscope', name: 'Singapore' },
    classic: beijing.baseUrl,
    workspaceDomain: beijing.workspaceDomain,
  },
}

/** The region that a provider is; null for every other provider. */
export const regionOf = (id: ProviderId): DashScopeRegion | null =>
  id === 'dashscope' || id === 'dashscope-cn' ? dashScopeRegions[id] : null

/** Where a region is reached: the workspace's own host where there is a workspace, else the classic one. */
export const regionUrl = (region: DashScopeRegion, workspace: string | null): string =>
  workspaceId.safeParse(workspace).success && workspace !== null
    ? `https://${workspace.toLowerCase()}.${region.workspaceDomain}`
    : region.classic

/** The classic host of the region that a workspace's host belongs to; null for any other address. */
export function classicHostOf(baseUrl: string): string | null {
  const host = URL.parse(baseUrl)?.hostname ?? ''
  const region = Object.values(dashScopeRegions).find(({ workspaceDomain }) =>
    host.endsWith(`.${workspaceDomain}`),
  )
  return region?.classic ?? null
}

const isWrongKey = ({ provider }: Failure): boolean =>
  provider?.httpStatus === 401 && /^InvalidApiKey$/i.test(provider.code ?? '')

/** A refused key may be one of the other region: the failure says so and offers to try. */
export const regionRefusal =
  (region: DashScopeRegion) =>
  (failure: Failure): Failure =>
    isWrongKey(failure)
      ? {
          ...failure,
          action: 'try-region',
          text: {
            key: 'failure.auth_region',
            values: {
              ...failure.text.values,
              region: region.name,
              other: region.sibling.name,
              otherId: region.sibling.id,
            },
          },
        }
      : failure

/** What is known of a key after its region was looked for. */
export const regionAnswers = ['dashscope', 'dashscope-cn', 'neither'] as const
export type RegionAnswer = (typeof regionAnswers)[number]

/** Remembers by a fingerprint of the key, never the key. */
export interface RegionMemory {
  get: (fingerprint: string) => RegionAnswer | null
  set: (fingerprint: string, answer: RegionAnswer) => void
}

/** A key cannot be told from this, and two keys never share it. */
export const fingerprintOf = (key: string): string =>
  createHash('sha256').update(`reshoot region ${key}`).digest('hex').slice(0, 24)

/**
 * The region that a key belongs to, once its own has refused it: the sibling is asked once, the answer is
 * remembered.
 *
 * Rejects with `ProviderError` when the sibling could not be asked, which decides nothing, and when neither
 * accepts the key.
 */
export async function siblingOf(options: {
  region: DashScopeRegion
  key: string
  memory: RegionMemory
  /** Asks a region something free with this key. */
  test: (region: RegionId) => Promise<void>
}): Promise<RegionId> {
  const { region, key, memory } = options
  const fingerprint = fingerprintOf(key)
  const known = memory.get(fingerprint)
  if (known !== null && known !== 'neither' && known !== region.id) return known
  if (known !== 'neither') {
    try {
      await options.test(region.sibling.id)
      memory.set(fingerprint, region.sibling.id)
      return region.sibling.id
    } catch (error) {
      if (!(error instanceof ProviderError) || !isWrongKey(error.failure)) throw error
      memory.set(fingerprint, 'neither')
    }
  }
  const values = { region: region.name, other: region.sibling.name }
  const failure = plainFailure('auth', 'enter-key', 'auth_region-neither', values)
  throw new ProviderError(failure, 'no')
}
