import type { ProviderDescription } from '../../../preload/contract'

/** As the contract has it (`workspaceId`): it becomes part of a host name. */
export const isWorkspaceId = (typed: string): boolean =>
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(typed)

/** The host that requests go to with this workspace; the shared one without. */
export const hostFor = (
  { baseUrl, workspaceDomain }: Pick<ProviderDescription, 'baseUrl' | 'workspaceDomain'>,
  workspace: string,
): string => {
  const host = URL.parse(baseUrl)?.hostname ?? baseUrl
  // Another address than the service's own was said for this very run, so the workspace does not count.
  const isOwn = host.endsWith('.aliyuncs.com')
  return isOwn && workspaceDomain && isWorkspaceId(workspace)
    ? `${workspace.toLowerCase()}.${workspaceDomain}`
    : host
}
