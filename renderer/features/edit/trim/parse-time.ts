const pattern = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?|[.,]\d+)\s*(?:s|sec|秒)?$/i

/** Seconds of a typed time: "1.2", "1,2 s", "00:01.200", "1:02:03"; null for anything else. */
export const parseTime = (typed: string): number | null => {
  const match = pattern.exec(typed.trim())
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}
