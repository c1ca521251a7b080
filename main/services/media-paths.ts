import { existsSync } from 'node:fs'
import type { OpenMediaCatalog } from '../catalog/catalog'
import type { MediaKind } from '../catalog/media-url'
import type { PreparedFiles } from '../catalog/prepared-files'
import { type Home, jobPoster } from '../home'
import type { Library } from '../library/library'

interface MediaPathSources {
  home: Home
  catalog: () => Pick<OpenMediaCatalog, 'mediaPath'>
  prepared: Pick<PreparedFiles, 'pathOf'>
  library: Pick<Library, 'pathOf' | 'posterOf' | 'beforeOf'>
}

/**
 * The file behind a `reshoot-media://<kind>/<id>` URL; null when there is none.
 *
 * Ids come from the page: only ids in a table, or plain file names in a folder of the home, become paths.
 */
export const createMediaPath = (sources: MediaPathSources) => {
  const { home, catalog, prepared, library } = sources
  const resolvers: Record<MediaKind, (id: string) => string | null> = {
    clip: (id) => catalog().mediaPath('clip', id),
    proxy: (id) => catalog().mediaPath('proxy', id),
    scrub: (id) => catalog().mediaPath('scrub', id),
    poster: (id) => catalog().mediaPath('poster', id),
    filmstrip: (id) => catalog().mediaPath('filmstrip', id),
    prepared: (id) => prepared.pathOf(id),
    result: (id) => library.pathOf(id),
    'result-poster': (id) => library.posterOf(id),
    before: (id) => library.beforeOf(id),
    'job-poster': (id) => (isName.test(id) ? present(jobPoster(home, id)) : null),
  }
  return (kind: string, id: string): string | null =>
    Object.hasOwn(resolvers, kind) ? resolvers[kind as MediaKind](id) : null
}

const isName = /^[\w.-]+$/

const present = (file: string): string | null => (existsSync(file) ? file : null)
