import type { CreateRequest } from './create-request'
import type { ObjectStore } from './object-store'

/** The files behind a request's media. */
export interface MediaFiles {
  /** The request with every image that came inside it kept as an object instead. */
  outsource: (request: CreateRequest) => Promise<CreateRequest>
  /** Paths in the order of a plan: the clip, then the images; null for one that is gone or not here. */
  paths: (request: CreateRequest) => Promise<(string | null)[]>
}

const inline = /^data:image\/(jpeg|png|bmp|webp);base64,([A-Za-z0-9+/=]+)$/

/** Finds media in the Sandbox's own storage; nothing is ever fetched from elsewhere. */
export function mediaOf(objects: ObjectStore): MediaFiles {
  return {
    outsource: async (request) => {
      const media = await Promise.all(
        request.input.media.map(async (item) => {
          const match = item.type === 'reference_image' ? inline.exec(item.url) : null
          if (!match?.[1] || !match[2]) return item
          return { ...item, url: await objects.keep(Buffer.from(match[2], 'base64'), match[1]) }
        }),
      )
      return { ...request, input: { ...request.input, media } }
    },
    paths: (request) => {
      const { media } = request.input
      const ordered = [
        ...media.filter(({ type }) => type === 'video'),
        ...media.filter(({ type }) => type === 'reference_image'),
      ]
      return Promise.all(ordered.map(({ url }) => objects.pathOf(url)))
    },
  }
}
