const utf16 = (bytes: Buffer): string => {
  const swapped = Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
  return swapped.toString('utf16le')
}

/** The description in an ICC profile; '' if there is none. */
const profileName = (icc: Buffer): string => {
  if (icc.length < 132) return ''
  const count = Math.min(icc.readUInt32BE(128), 100)
  for (let entry = 0, at = 132; entry < count && at + 12 <= icc.length; entry++, at += 12) {
    if (icc.toString('latin1', at, at + 4) !== 'desc') continue
    const from = icc.readUInt32BE(at + 4)
    const tag = icc.subarray(from, from + icc.readUInt32BE(at + 8))
    if (tag.length < 16) return ''
    if (tag.toString('latin1', 0, 4) === 'desc') {
      return tag
        .toString('latin1', 12, 12 + Math.max(0, tag.readUInt32BE(8) - 1))
        .replaceAll('\0', '')
    }
    if (tag.length < 28) return ''
    const length = tag.readUInt32BE(20)
    const start = tag.readUInt32BE(24)
    return utf16(tag.subarray(start, start + length)).replaceAll('\0', '')
  }
  return ''
}

/**
 * The colour space that preflight judges (docs/preflight.md): sharp's name for the pixels ('srgb', 'cmyk', 'b-w', …),
 * or the name of a profile that differs from sRGB ('Display P3', 'Adobe RGB (1998)', …).
 */
export const colourSpaceOf = (
  space: string | undefined,
  icc: Buffer | undefined,
): string | null => {
  if (space === undefined) return null
  const likeRgb = space === 'srgb' || space === 'rgb16' || space === 'rgb'
  if (!likeRgb || !icc) return space
  const name = profileName(icc)
  // 'c2' is the tiny sRGB profile of phones and Facebook. Unknown names count as sRGB.
  const different =
    /p3|adobe|prophoto|romm|rec\.? ?2020|bt\.? ?2020|wide|e-?srgb|opRGB|cie ?rgb/i.test(name)
  return different ? name : space
}
