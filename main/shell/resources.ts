import path from 'node:path'
import { app } from 'electron'

/** The path of a file in resources/. Packaged files are outside the archive, which executables cannot read. */
export const resourcePath = (name: string): string =>
  path.join(app.getAppPath(), 'resources', name).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
