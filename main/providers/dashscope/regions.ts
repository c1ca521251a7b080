import { createHash } from 'node:crypto'
import {
  type Failure,
  type ProviderId,
  type ProviderRow,
  providerRows,
  siblingOf,
  workspaceId,
} from '../../../preload/contract'
import { plainFailure } from '../failures'
import { ProviderError } from '../provider'

/*
 * Regions of one service. Each is a provider of its own with its own hosts; keys and tasks of one are unknown to the
 * other (docs/providers/dashscope.md, "Regions and hosts").
 */

/** The address of a region: the workspace's own host where there is a valid workspace, else the common host. */
export const regionUrl = (
  { baseUrl, workspaceDomain }: Pick<ProviderRow, 'baseUrl' | 'workspaceDomain'>,
  workspace: string | null,
): string => {
  const known = workspaceId.safeParse(workspace).data
  return known && workspaceDomain ? `https://${known.toLowerCase()}.${workspaceDomain}` : baseUrl
}

/** The common host of the region that a workspace's host belongs to; null for any other address. */
export const commonHostOf = (url: string): string | null => {
  const host = URL.parse(url)?.hostname ?? ''
  const region = Object.values(providerRows).find(
    ({ workspaceDomain }) => workspaceDomain && host.endsWith(`.${workspaceDomain}`),
  )
  return region?.baseUrl ?? null
}

/** The names of a region and of its sibling; null for a provider without one. */
const pairOf = ({ id, name, region = name }: ProviderRow) => {
  const otherId = siblingOf(id)
  if (otherId === null) return null
  const { name: otherName, region: other = otherName } = providerRows[otherId]
  return { region, other, otherId }
}

const isWrongKey = ({ provider }: Failure): boolean =>
  provider?.httpStatus === 401 && /^InvalidApiKey$/i.test(provider.code ?? '')

/** A refused key may belong to the other region: the failure then offers to try it there. */
export const regionRefusal =
  (row: ProviderRow) =>
  (failure: Failure): Failure => {
    const pair = pairOf(row)
    if (!pair || !isWrongKey(failure)) return failure
    const values = { ...failure.text.values, ...pair }
    return plainFailure('auth_region', values, { provider: failure.provider })
  }

/** The provider whose region accepts a key, or 'neither'. */
export type RegionAnswer = ProviderId | 'neither'

/** Remembers the region of a key by the key's fingerprint, never by the key. */
export interface RegionMemory {
  get: (fingerprint: string) => RegionAnswer | null
  set: (fingerprint: string, answer: RegionAnswer) => void
}

/** A fingerprint that is different for every key and does not reveal the key. */
export const fingerprintOf = (key: string): string =>
  createHash('sha256').update(`reshoot region ${key}`).digest('hex').slice(0, 24)

/**
 * Finds the region of a key that its own region has refused. The sibling is asked once and the answer is remembered.
 *
 * Rejects with `ProviderError` when the sibling could not be asked, which leaves the answer open, and when neither
 * region accepts the key.
 */
export const findRegion = async (options: {
  row: ProviderRow
  key: string
  memory: RegionMemory
  /** Makes a free request to a region with this key. */
  test: (region: ProviderId) => Promise<void>
}): Promise<ProviderId> => {
  const { row, key, memory } = options
  const pair = pairOf(row)
  if (!pair) throw new Error(`${row.name} has no other region`)
  const fingerprint = fingerprintOf(key)
  const known = memory.get(fingerprint)
  if (known !== null && known !== 'neither' && known !== row.id) return known
  if (known !== 'neither') {
    try {
      await options.test(pair.otherId)
      memory.set(fingerprint, pair.otherId)
      return pair.otherId
    } catch (error) {
      if (!(error instanceof ProviderError) || !isWrongKey(error.failure)) throw error
      memory.set(fingerprint, 'neither')
    }
  }
  const values = { region: pair.region, other: pair.other }
  throw new ProviderError(plainFailure('auth_region-neither', values), 'no')
}
