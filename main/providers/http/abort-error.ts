/** What the caller gave as reason when that is an AbortError, else one. */
export function abortError(signal: AbortSignal): Error {
  const { reason } = signal
  if (reason instanceof Error && reason.name === 'AbortError') return reason
  return new DOMException('The operation was aborted', 'AbortError')
}
