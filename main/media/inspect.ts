import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Facts, OtherFacts } from '../../preload/contract'
import { clipFacts, unopenedClip } from './clip-facts'
import { isCutOff } from './container-extent'
import { decoderCheck } from './decoders'
import { FileReader } from './file-reader'
import { createDecoder } from './image-decoder'
import { imageFacts } from './image-facts'
import { readIsoFile } from './iso-file'
import type { ToolPaths, Work } from './media-tools'
import { probe, videoCodecs } from './probe'
import { type Sniffed, sniff } from './sniff'

/** Milliseconds that looking at one file may take. */
export const inspectTimeout = 15_000

const unreadable = (why: OtherFacts['unreadable'], bytes: number | null = null): OtherFacts => ({
  kind: 'other',
  format: null,
  bytes,
  unreadable: why,
})

const systemError = z.object({ code: z.string() })

const reasonFor = (error: unknown): OtherFacts['unreadable'] => {
  const code = systemError.safeParse(error).data?.code
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing'
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'damaged'
}

const inspectClip = async (
  found: Extract<Sniffed, { what: 'iso' | 'container' }>,
  reader: FileReader,
  path: string,
  tools: ToolPaths,
  signal: AbortSignal | undefined,
): Promise<Facts> => {
  const probing = probe(tools.ffprobe(), path, { timeout: inspectTimeout, signal })
  const reading = found.what === 'iso' ? readIsoFile(reader) : Promise.resolve(null)
  const [probed, iso] = await Promise.all([probing, reading])
  const brand = found.what === 'iso' ? found.brand : null
  const { container } = found
  if (probed === 'timeout') return unreadable('timeout', reader.size)
  if (probed === 'unreadable') return unopenedClip({ container, brand, bytes: reader.size, iso })
  const cutOff = iso === null && (await isCutOff(container, reader))
  const decodes = await decoderCheck(tools.ffmpeg(), videoCodecs(probed), signal)
  return clipFacts({ container, brand, bytes: reader.size, iso, cutOff, decodes }, probed)
}

const inspectOpen = async (
  reader: FileReader,
  path: string,
  tools: ToolPaths,
  signal: AbortSignal | undefined,
): Promise<Facts> => {
  const found = sniff(Buffer.from(await reader.read(0, 4096)))
  if (found.what === 'other')
    return { kind: 'other', format: found.format, bytes: reader.size, unreadable: null }
  if (found.what === 'image') {
    return imageFacts(
      found.format,
      reader,
      path,
      createDecoder(tools.ffmpeg, inspectTimeout / 1000, signal),
    )
  }
  return inspectClip(found, reader, path, tools, signal)
}

/**
 * What a file is, by its content. A bad file is a fact, not an error.
 *
 * Rejects with AbortError, or with MediaError where ffprobe itself cannot be started.
 */
export const inspectFile = async (
  path: string,
  tools: ToolPaths,
  { signal }: Work = {},
): Promise<Facts> => {
  signal?.throwIfAborted()
  try {
    const about = await stat(path)
    if (!about.isFile()) return unreadable('not-a-file')
    if (about.size === 0) return unreadable('empty', 0)
    await using reader = await FileReader.open(path, about.size)
    return await inspectOpen(reader, path, tools, signal)
  } catch (error) {
    if (systemError.safeParse(error).success && !signal?.aborted)
      return unreadable(reasonFor(error))
    throw error
  }
}
