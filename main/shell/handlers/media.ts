import { shell } from 'electron'
import { RefusedRequest } from '../errors'
import { resourcePath } from '../resources'
import type { Group, HandlerContext } from './context'

/** Most bytes of a pasted image: more than an uncompressed bitmap of 50 megapixels. */
const pastedLimit = 256 * 1024 * 1024

export const mediaHandlers = ({
  services: { catalog },
  dialogs,
  operations,
}: HandlerContext): Group<'media'> => ({
  list: async () => catalog.list(),
  add: async ({ paths }) => catalog.add(paths),
  addBytes: async ({ name, bytes }) => {
    if (bytes.byteLength > pastedLimit) {
      const megabytes = Math.round(bytes.byteLength / 1_000_000)
      throw new RefusedRequest({ key: 'shell.error.imageTooLarge', values: { megabytes } })
    }
    return catalog.addBytes(name, bytes)
  },
  open: async ({ what }) => {
    const paths = await dialogs.openFiles(what)
    return paths.length > 0 ? catalog.add(paths) : []
  },
  addSample: async () => {
    const [item] = await catalog.add([resourcePath('sample.mp4')])
    if (!item) throw new RefusedRequest({ key: 'shell.error.unknownFile', values: {} })
    return item
  },
  remove: async ({ ids }) => catalog.remove(ids),
  check: async ({ ids }) => catalog.check(ids),
  filmstrip: async ({ id, track, wait }) => catalog.filmstrip(id, track, wait),
  waveform: async ({ id }) => catalog.waveform(id),
  scenes: async ({ id, track }) => catalog.scenes(id, track),
  playUrl: async ({ id, track, operationId }) =>
    operations.run(operationId, (work) => catalog.playUrl(id, { ...work, track })),
  scrubUrl: async ({ id, track, operationId }) =>
    operations.run(operationId, (work) => catalog.scrubUrl(id, { ...work, track })),
  prepare: async ({ id, operationId, selection, fix }) =>
    operations.run(operationId, (work) => catalog.prepare(id, selection, fix, work)),
  reveal: async ({ id }) => {
    const path = catalog.pathOf(id)
    if (path === null) throw new RefusedRequest({ key: 'shell.error.unknownFile', values: {} })
    shell.showItemInFolder(path)
  },
})
