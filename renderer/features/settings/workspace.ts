import type { ProviderDescription } from '../../../preload/contract'

/** As the contract has it (`workspaceId`): it becomes part of a host name. */
export const isWorkspaceId = (typed: string): boolean =>
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(typed)

/** The host that requests go to with this workspace; the shared one without. */
export const hostFor = (
  { baseUrl, workspaceDomain }: Pick<ProviderDescription, 'baseUrl' | 'workspaceDomain'>,
  workspace: string,
): string => {
  const url = URL.parse(baseUrl)
  // Another address than the service's own was said for this very run, so the workspace does not count.
  const isOwn = url?.hostname.endsWith('.aliyuncs.com') ?? false
  return isOwn && workspaceDomain && isWorkspaceId(workspace)
    ? `${workspace.toLowerCase()}.${workspaceDomain}`
    : (url?.host ?? baseUrl)
}
