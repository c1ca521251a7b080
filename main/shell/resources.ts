import path from 'node:path'
import { app } from 'electron'

/** A file of resources/. Executables cannot read inside an archive, so packaged files lie beside it. */
export const resourcePath = (name: string): string =>
  path.join(app.getAppPath(), 'resources', name).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
