import { createRequire } from 'node:module'
import type Ffmpeg from 'fluent-ffmpeg'

const load = createRequire(import.meta.url)

/** fluent-ffmpeg, loaded with the first run: a window that opens should not wait for its dozen files. */
export const ffmpegWhenNeeded = (): typeof Ffmpeg => load('fluent-ffmpeg') as typeof Ffmpeg
