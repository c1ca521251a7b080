import path from 'node:path'
import type { Facts } from '../../preload/contract'

interface UploadName {
  name: string
  contentType: string
}

/** Extensions and types by content; the first extension is used where the name's own does not fit. */
const kinds: Record<string, { extensions: readonly string[]; contentType: string }> = {
  mp4: { extensions: ['.mp4'], contentType: 'video/mp4' },
  mov: { extensions: ['.mov', '.mp4'], contentType: 'video/quicktime' },
  jpeg: { extensions: ['.jpg', '.jpeg'], contentType: 'image/jpeg' },
  png: { extensions: ['.png'], contentType: 'image/png' },
  bmp: { extensions: ['.bmp'], contentType: 'image/bmp' },
  webp: { extensions: ['.webp'], contentType: 'image/webp' },
}

/** The name and type a file is uploaded under: services go by the extension, so it must fit the content. */
export const uploadNameOf = (name: string, facts: Facts): UploadName => {
  const { base, ext } = path.parse(name)
  const format = facts.kind === 'video' ? facts.container : facts.format
  const kind = kinds[format ?? '']
  if (!kind) return { name, contentType: 'application/octet-stream' }
  const [usual = ''] = kind.extensions
  const fits = kind.extensions.includes(ext.toLowerCase())
  const stem = ext ? base.slice(0, -ext.length) : base
  return { name: fits ? name : stem + usual, contentType: kind.contentType }
}
