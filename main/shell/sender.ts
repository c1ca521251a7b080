/** Who sent a message, as far as it matters. */
export interface Sender {
  /** URL of the frame; null when the frame is already gone. */
  frameUrl: string | null
  isMainFrame: boolean
  /** Whether it lives in the app's own window. */
  isOurWindow: boolean
}

/** Whether a message may be answered: only our page, as the top frame of our window. */
export const isTrusted = (sender: Sender, pageUrl: string): boolean =>
  sender.isOurWindow &&
  sender.isMainFrame &&
  sender.frameUrl !== null &&
  samePlace(sender.frameUrl, pageUrl)

/** Same scheme, host and port. `URL.origin` is 'null' for schemes of one's own, so it cannot be compared. */
export const samePlace = (left: string, right: string): boolean => {
  if (!URL.canParse(left) || !URL.canParse(right)) return false
  const a = new URL(left)
  const b = new URL(right)
  return a.protocol === b.protocol && a.host === b.host
}
