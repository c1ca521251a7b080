/** What a file is, judging by its first bytes. */
export type Sniffed =
  /** An ISO base media or QuickTime file with video; `container` is its family. */
  | { what: 'iso'; container: string; brand: string | null }
  /** Another video container. */
  | { what: 'container'; container: string }
  | { what: 'image'; format: string }
  | { what: 'sound'; format: string }
  /** Anything else; null if unknown. */
  | { what: 'other'; format: string | null }

const iso = (container: string, brand: string | null): Sniffed => ({
  what: 'iso',
  container,
  brand,
})
const image = (format: string): Sniffed => ({ what: 'image', format })
const clip = (container: string): Sniffed => ({ what: 'container', container })
const sound = (format: string): Sniffed => ({ what: 'sound', format })
const other = (format: string): Sniffed => ({ what: 'other', format })

const stillBrands: Record<string, string> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  heim: 'heic',
  heis: 'heic',
  mif1: 'heic',
  msf1: 'heic',
  mif2: 'heic',
  'crx ': 'cr3',
  'jp2 ': 'jp2',
  'jpx ': 'jp2',
  'jxl ': 'jxl',
}
const mp4Brand =
  /^(iso[m0-9a-z]|mp4[12]|avc1|dash|msdh|msix|piff|cmf[a-z0-9]|MSNV|ndx[cshp]|ND[A-Z]{2}|XAVC|M4V[ HP]|f4v |F4V |CAEP|mmp4|av01|hvc1|hev1|dby1|nvr1)$/

const isoBox = /^(ftyp|styp|moov|mdat|moof|sidx|free|skip|wide|pnot|meta|uuid|pdin)$/

const familyOf = (major: string, compatible: readonly string[]): string => {
  if (major === 'qt  ') return 'mov'
  if (/^3g[gprs2e]/.test(major)) return '3gp'
  if (/^M4[AB] $/.test(major)) return 'm4a'
  if (mp4Brand.test(major)) return 'mp4'
  if (compatible.some((brand) => mp4Brand.test(brand))) return 'mp4'
  return compatible.includes('qt  ') ? 'mov' : 'mp4'
}

const brandsIn = (head: Buffer): string[] => {
  const end = Math.min(head.length, Math.max(16, head.readUInt32BE(0)))
  const brands: string[] = []
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  return brands
}

const sniffIso = (head: Buffer): Sniffed | null => {
  if (head.length < 8) return null
  const box = head.toString('latin1', 4, 8)
  if (!isoBox.test(box)) return null
  const major = head.toString('latin1', 8, 12)
  const brand = major.trim() || null
  switch (box) {
    case 'styp':
      return iso('segment', brand) // a segment of a stream has no index
    case 'ftyp': {
      const compatible = brandsIn(head)
      const still = stillBrands[major]
      if (still) return image(still === 'heic' && compatible.includes('avif') ? 'avif' : still)
      return iso(familyOf(major, compatible), brand)
    }
    case 'meta':
      return image(head.includes('av01') ? 'avif' : 'heic') // stills without their brand
    default: {
      const size = head.readUInt32BE(0)
      if (size > 1 && size < 8) return null
      // QuickTime before brands existed.
      return iso(box === 'moof' || box === 'sidx' ? 'segment' : 'mov', null)
    }
  }
}

type Signature = readonly [at: number, bytes: string | readonly number[], found: Sniffed]

const signatures: readonly Signature[] = [
  [0, [0xff, 0xd8, 0xff], image('jpeg')],
  [0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], image('png')],
  [0, 'GIF8', image('gif')],
  [0, 'BM', image('bmp')],
  [0, 'BA', image('bmp-array')],
  [0, [0x49, 0x49, 0x2a, 0x00], image('tiff')],
  [0, [0x4d, 0x4d, 0x00, 0x2a], image('tiff')],
  [0, [0x49, 0x49, 0x2b, 0x00], image('tiff')],
  [0, [0x4d, 0x4d, 0x00, 0x2b], image('tiff')],
  [0, [0x00, 0x00, 0x01, 0x00], image('ico')],
  [0, [0x00, 0x00, 0x02, 0x00], image('cur')],
  [0, '8BPS', image('psd')],
  [0, [0xff, 0x0a], image('jxl')],
  [4, 'JXL ', image('jxl')],
  [4, 'jP  ', image('jp2')],
  [0, [0xff, 0x4f, 0xff, 0x51], image('jp2')],
  [0, 'qoif', image('qoi')],
  [0, [0x76, 0x2f, 0x31, 0x01], image('exr')],
  [0, '#?RADIANCE', image('hdr')],
  [0, [0x1a, 0x45, 0xdf, 0xa3], clip('mkv')],
  [0, 'FLV', clip('flv')],
  [0, [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], clip('asf')],
  [0, [0x00, 0x00, 0x01, 0xba], clip('mpeg')],
  [0, [0x00, 0x00, 0x01, 0xb3], clip('mpeg')],
  [0, '.RMF', clip('rm')],
  [0, 'YUV4MPEG2', clip('y4m')],
  [0, '%PDF', other('pdf')],
  [0, [0x1f, 0x8b], other('gzip')],
  [0, 'PK\u0003\u0004', other('zip')],
  [0, 'Rar!', other('rar')],
  [0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], other('7z')],
  [0, 'ID3', sound('mp3')],
  [0, 'fLaC', sound('flac')],
  [8, 'AIFF', sound('aiff')],
  [8, 'AIFC', sound('aiff')],
  [0, '#!AMR', sound('amr')],
  [0, 'caff', sound('caf')],
  [0, 'RF64', sound('rf64')],
  [0, [0x7f, 0x45, 0x4c, 0x46], other('program')],
  [0, 'MZ', other('program')],
]

const matches = (head: Buffer, [at, bytes]: Signature): boolean => {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes)
  return head.length >= at + wanted.length && head.subarray(at, at + wanted.length).equals(wanted)
}

const sniffRiff = (head: Buffer): Sniffed | null => {
  if (head.toString('latin1', 0, 4) !== 'RIFF') return null
  const form = head.toString('latin1', 8, 12)
  if (form === 'WEBP') return image('webp')
  if (form === 'WAVE') return sound('wav')
  return form === 'AVI ' ? clip('avi') : other('riff')
}

const sniffOgg = (head: Buffer): Sniffed | null => {
  if (head.toString('latin1', 0, 4) !== 'OggS') return null
  return head.includes('theora') ? clip('ogg') : sound('ogg')
}

/** Packets of 188 bytes (192 with timestamps), each with the same first byte. */
const sniffTransportStream = (head: Buffer): Sniffed | null => {
  const repeats = (first: number, step: number) =>
    head.length > first + step * 2 && [0, 1, 2].every((n) => head[first + step * n] === 0x47)
  return repeats(0, 188) || repeats(4, 192) ? clip('mpegts') : null
}

/** A bitmap without its file header. */
const sniffDib = (head: Buffer): Sniffed | null => {
  if (head.length < 16 || ![40, 108, 124].includes(head.readUInt32LE(0))) return null
  const planes = head.readUInt16LE(12)
  return planes === 1 && [1, 4, 8, 16, 24, 32].includes(head.readUInt16LE(14)) ? image('dib') : null
}

const prologParts = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
] as const

/** The text after XML declarations and comments. One regular expression would take for ever on hostile files. */
const afterProlog = (text: string): string => {
  let rest = text.replace(/^\uFEFF/, '').trimStart()
  for (;;) {
    const part = prologParts.find(([opening]) => rest.startsWith(opening))
    if (!part) return rest
    const end = rest.indexOf(part[1], part[0].length)
    if (end < 0) return ''
    rest = rest.slice(end + part[1].length).trimStart()
  }
}

const sniffText = (head: Buffer): Sniffed | null => {
  if (head.length === 0 || head.includes(0)) return null
  const text = head.toString('utf8')
  if (/^<svg[\s>]/i.test(afterProlog(text))) return image('svg')
  if (/^\s*<(!doctype\s+html|html)/i.test(text)) return other('html')
  return text.slice(0, -4).includes('\uFFFD') ? null : other('text')
}

/** A frame of MPEG audio or AAC without a header of its own. */
const sniffAudioFrame = (head: Buffer): Sniffed | null => {
  if (head.length < 3 || head[0] !== 0xff || ((head[1] ?? 0) & 0xe0) !== 0xe0) return null
  const layer = ((head[1] ?? 0) >> 1) & 3
  return layer === 0 ? sound('aac') : sound(layer === 1 ? 'mp3' : 'mp2')
}

/** What a file is, from its first 4 kB and never from its name. */
export const sniff = (head: Buffer): Sniffed => {
  const found = signatures.find((signature) => matches(head, signature))?.[2]
  const refined =
    found?.what === 'container' && found.container === 'mkv' && head.includes('webm')
      ? clip('webm')
      : found
  return (
    sniffIso(head) ??
    refined ??
    sniffRiff(head) ??
    sniffOgg(head) ??
    sniffTransportStream(head) ??
    sniffDib(head) ??
    sniffAudioFrame(head) ??
    sniffText(head) ?? { what: 'other', format: null }
  )
}
