import type { Facts } from '../../preload/contract'

/** The extension in lower case, with its dot; '' if there is none. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot > 0 || (dot === 0 && name.length > 1) ? name.slice(dot).toLowerCase() : ''
}

const fitting: Record<string, readonly string[]> = {
  mp4: ['.mp4'],
  mov: ['.mov'],
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  png: ['.png'],
  bmp: ['.bmp'],
  webp: ['.webp'],
}

/** Extensions that fit the content, the usual one first; empty for content that no service accepts. */
export const fittingExtensions = (facts: Facts): readonly string[] => {
  if (facts.kind === 'video') return fitting[facts.container] ?? []
  if (facts.kind === 'image') return fitting[facts.format] ?? []
  return []
}

/** The name with another extension. */
export const withExtension = (name: string, extension: string): string => {
  const old = extensionOf(name)
  return `${old === '' || old === name.toLowerCase() ? name : name.slice(0, -old.length)}${extension}`
}

/** The name to upload a file under: its own if the extension fits, else with the usual extension. */
export const fittingName = (name: string, facts: Facts): string => {
  const allowed = fittingExtensions(facts)
  const [usual] = allowed
  return usual === undefined || allowed.includes(extensionOf(name))
    ? name
    : withExtension(name, usual)
}

const clipExtensions: readonly string[] =
  '.mp4 .mov .m4v .3gp .3g2 .avi .mkv .webm .ts .mts .m2ts .mpg .mpeg .wmv .flv .m4a .qt .ogv'.split(
    ' ',
  )

/** Whether the name has the extension of a video or audio file. */
export const looksLikeClip = (name: string): boolean => clipExtensions.includes(extensionOf(name))
