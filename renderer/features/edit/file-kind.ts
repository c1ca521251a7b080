import type { Finding, MediaItem, RuleId } from '../../../preload/contract'
import { pixelsOf } from '../../../preload/contract/reframe'
import type { useFormat } from '../../language/use-format'
import type { Mark } from '../../ui/verdict-mark'

type FileKind = 'clip' | 'image' | 'other'

const clipNames = /\.(mp4|mov|m4v|mkv|webm|avi|3gp|mts|m2ts|mpg|mpeg|wmv|flv|ts)$/i
const imageNames = /\.(jpe?g|png|bmp|webp|gif|tiff?|avif|heic|heif|svg|jfif)$/i

/** The kind of a file before its content is read: by media type, else by name. */
export const seemingKind = (file: { name: string; type?: string }): FileKind => {
  if (file.type?.startsWith('video/')) return 'clip'
  if (file.type?.startsWith('image/')) return 'image'
  if (clipNames.test(file.name)) return 'clip'
  return imageNames.test(file.name) ? 'image' : 'other'
}

/** The kind of a file: by content, or by name while the content is unknown. */
export const kindOf = (item: Pick<MediaItem, 'name' | 'facts'>): FileKind => {
  if (item.facts?.kind === 'video') return 'clip'
  if (item.facts?.kind === 'image') return 'image'
  return seemingKind(item)
}

/** Rules whose failure makes a clip useless: it can be neither played nor sent. */
const fatal: readonly RuleId[] = ['readable', 'complete', 'protected', 'video_track']

/** The finding that makes a clip useless; undefined when there is none. */
export const refusalOf = ({ report }: Pick<MediaItem, 'report'>): Finding | undefined =>
  report?.findings.find(
    ({ rule, level, remedy }) => level === 'fail' && remedy === undefined && fatal.includes(rule),
  )

/** The mark of a file without the fixes of a draft. */
export const markOf = ({ state, report }: MediaItem): Mark =>
  state === 'missing' ? 'fail' : (report?.verdict ?? 'checking')

/** Duration or format, and size: "6.0 s", "1080 × 1920". Unknown figures are left out. */
export const figuresOf = (
  { facts, bytes }: Pick<MediaItem, 'facts' | 'bytes'>,
  format: ReturnType<typeof useFormat>,
  digits = 1,
): string[] => {
  if (facts === null) return []
  const first =
    facts.kind === 'video'
      ? facts.duration && format.seconds(facts.duration, digits)
      : facts.format?.toUpperCase()
  const pixels = pixelsOf(facts)
  const hasPicture = facts.kind === 'video' || facts.kind === 'image'
  const size = hasPicture
    ? pixels && format.pixels(pixels.width, pixels.height)
    : bytes && format.bytes(bytes)
  return [first, size].filter((figure) => typeof figure === 'string')
}
