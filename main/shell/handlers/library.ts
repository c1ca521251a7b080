import { existsSync } from 'node:fs'
import path from 'node:path'
import { type NativeImage, nativeImage, shell } from 'electron'
import type { LibraryEntry } from '../../../preload/contract'
import type { Services } from '../../services/services'
import { RefusedRequest } from '../errors'
import { resourcePath } from '../resources'
import { readMediaUrl } from '../schemes'
import type { Group, HandlerContext } from './context'

export const libraryHandlers = ({ services, dialogs }: HandlerContext): Group<'library'> => {
  const { library, drafts, media, catalog } = services
  return {
    list: async (query) => library.list(query),
    totals: async () => library.totals(),
    reveal: async ({ id }) => shell.showItemInFolder(fileOf(services, id)),
    saveAs: async ({ id }) => {
      const file = fileOf(services, id)
      const target = await dialogs.saveAs(path.basename(file))
      if (target === null) return { fileName: null }
      await library.copyTo(id, target)
      return { fileName: path.basename(target) }
    },
    saveFrame: async ({ id, time }) => {
      const file = fileOf(services, id)
      const target = await dialogs.saveAs(`${path.parse(file).name} ${time.toFixed(2)} s.png`)
      if (target === null) return { fileName: null }
      await media.frame(file, await media.inspect(file), time, target)
      return { fileName: path.basename(target) }
    },
    addAsClip: async ({ id }) => known((await catalog.add([fileOf(services, id)]))[0] ?? null),
    drag: async ({ id }, { sender }) => {
      const file = fileOf(services, id)
      sender.startDrag({ file, icon: dragIcon(services, known(library.get(id))) })
    },
    trash: async ({ ids }) => library.trash(ids),
    editAgain: async ({ id }) => drafts.fromSpec(known(library.specOf(id)), dialogs.confirmFiles),
  }
}

const known = <T>(found: T | null): T => {
  if (found === null) throw new RefusedRequest({ key: 'shell.error.unknownResult', values: {} })
  return found
}

const fileOf = ({ library }: Services, id: string): string => {
  const file = known(library.pathOf(id))
  if (!existsSync(file))
    throw new RefusedRequest({
      key: 'shell.error.resultMissing',
      values: { file: path.basename(file) },
    })
  return file
}

/** The image under the pointer while dragging; macOS refuses a drag without one. */
const dragIcon = ({ mediaPath }: Services, entry: LibraryEntry): NativeImage => {
  const poster = entry.urls.poster === null ? null : readMediaUrl(entry.urls.poster)
  const file = poster && mediaPath(poster.kind, poster.id)
  const image = file ? nativeImage.createFromPath(file) : nativeImage.createEmpty()
  return image.isEmpty()
    ? nativeImage.createFromPath(resourcePath('icon/64.png'))
    : image.resize({ width: 128 })
}
