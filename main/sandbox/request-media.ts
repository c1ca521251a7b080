import type { Facts, Report, RuleId } from '../../preload/contract'
import { type CreateRequest, type Refusal, refusal } from './create-request'
import type { ObjectStore } from './object-store'

/** The files behind a request's media. */
export interface RequestMedia {
  /** The request with each inline image replaced by the address of a stored object. */
  storeInline: (request: CreateRequest) => Promise<CreateRequest>
  /** Paths of the clip, then of the images; null for a file that the Sandbox does not have. */
  paths: (request: CreateRequest) => Promise<(string | null)[]>
}

const inline = /^data:image\/(jpeg|png|bmp|webp);base64,([A-Za-z0-9+/=]+)$/

/** Finds media in the Sandbox's own storage; it fetches nothing from the network. */
export const createRequestMedia = (objects: ObjectStore): RequestMedia => ({
  storeInline: async (request) => {
    const media = await Promise.all(
      request.input.media.map(async (item) => {
        const match = item.type === 'reference_image' ? inline.exec(item.url) : null
        if (!match?.[1] || !match[2]) return item
        return { ...item, url: await objects.keep(Buffer.from(match[2], 'base64'), match[1]) }
      }),
    )
    return { ...request, input: { ...request.input, media } }
  },
  paths: ({ input: { media } }) => {
    const ordered = [
      ...media.filter(({ type }) => type === 'video'),
      ...media.filter(({ type }) => type === 'reference_image'),
    ]
    return Promise.all(ordered.map(({ url }) => objects.pathOf(url)))
  },
})

/** The suffix of DashScope's `InvalidFile.*` code for a broken rule. */
const codes: Partial<Record<RuleId, string>> = {
  size: 'Size',
  duration: 'Duration',
  width: 'Resolution',
  height: 'Resolution',
  aspect: 'AspectRatio',
  frame_rate: 'FPS',
  readable: 'Openerror',
  complete: 'Openerror',
  protected: 'Openerror',
}

/** Why the real service would refuse this file; null when it would accept it. Warnings do not count. */
export const refuseMedia = (
  type: 'video' | 'reference_image',
  facts: Facts,
  report: Report,
): Refusal | null => {
  const expected = type === 'video' ? 'video' : 'image'
  if (facts.kind !== expected) {
    return refusal(400, 'InvalidFile.Format', `The ${type} is not a supported file.`)
  }
  const broken = report.findings.find(({ level }) => level === 'fail')
  if (!broken) return null
  return refusal(400, `InvalidFile.${codes[broken.rule] ?? 'Format'}`, `${type}: ${broken.message}`)
}
