import type { Facts } from '../../preload/contract'

/** The extension in lower case, with its dot; '' if there is none. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot > 0 || (dot === 0 && name.length > 1) ? name.slice(dot).toLowerCase() : ''
}

interface Content {
  contentType: string
  /** Extensions that every service accepts for this content, the usual one first. */
  accepted: readonly string[]
  /** Extensions that fit as well; the usual one replaces them for the upload. */
  others?: readonly string[]
}

const contents: Record<string, Content> = {
  mp4: { contentType: 'video/mp4', accepted: ['.mp4'] },
  mov: { contentType: 'video/quicktime', accepted: ['.mov'] },
  jpeg: { contentType: 'image/jpeg', accepted: ['.jpg', '.jpeg'], others: ['.jpe', '.jfif'] },
  png: { contentType: 'image/png', accepted: ['.png'] },
  bmp: { contentType: 'image/bmp', accepted: ['.bmp'] },
  webp: { contentType: 'image/webp', accepted: ['.webp'] },
  wav: { contentType: 'audio/wav', accepted: ['.wav'], others: ['.wave'] },
  mp3: { contentType: 'audio/mpeg', accepted: ['.mp3'] },
}

/** Null for content that no service accepts. */
const contentOf = (facts: Facts): Content | null => {
  if (facts.kind === 'video') return contents[facts.container] ?? null
  return facts.kind === 'other' ? null : (contents[facts.format] ?? null)
}

/** Extensions that fit the content, the usual one first; empty for content that no service accepts. */
export const fittingExtensions = (facts: Facts): readonly string[] => {
  const content = contentOf(facts)
  return content ? [...content.accepted, ...(content.others ?? [])] : []
}

/** The MIME type to upload a file with. */
export const contentTypeOf = (facts: Facts): string =>
  contentOf(facts)?.contentType ?? 'application/octet-stream'

/** The name with another extension. */
export const withExtension = (name: string, extension: string): string => {
  const old = extensionOf(name)
  return `${old === '' || old === name.toLowerCase() ? name : name.slice(0, -old.length)}${extension}`
}

/** The name to upload a file under: its own if services accept its extension for the content, else with the usual one. */
export const fittingName = (name: string, facts: Facts): string => {
  const accepted = contentOf(facts)?.accepted ?? []
  const [usual] = accepted
  return usual === undefined || accepted.includes(extensionOf(name))
    ? name
    : withExtension(name, usual)
}

const clipExtensions: readonly string[] =
  '.mp4 .mov .m4v .3gp .3g2 .avi .mkv .webm .ts .mts .m2ts .mpg .mpeg .wmv .flv .m4a .qt .ogv'.split(
    ' ',
  )

/** Whether the name has the extension of a video or audio file. */
export const looksLikeClip = (name: string): boolean => clipExtensions.includes(extensionOf(name))
