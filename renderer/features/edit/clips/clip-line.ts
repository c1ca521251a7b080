import type { MediaItem } from '../../../../preload/contract'
import type { useFormat } from '../../../language/use-format'
import type { Mark } from '../../../ui/verdict-mark'

/** The mark of a file in a list. */
export const markOf = (item: MediaItem): Mark => {
  if (item.state === 'missing') return 'fail'
  return item.report?.verdict ?? 'checking'
}

/** What a file is, in a few figures: "6.0 s  1080 × 1920". */
export const figuresOf = (
  { facts, bytes }: MediaItem,
  format: ReturnType<typeof useFormat>,
): string[] => {
  if (facts === null) return []
  if (facts.kind === 'other')
    return [facts.format?.toUpperCase() ?? '', bytes ? format.bytes(bytes) : '']
  const size =
    facts.width !== null && facts.height !== null ? format.pixels(facts.width, facts.height) : ''
  if (facts.kind === 'image') return [facts.format.toUpperCase(), size]
  return [facts.duration === null ? '' : format.seconds(facts.duration), size]
}
