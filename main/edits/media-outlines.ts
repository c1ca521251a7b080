import path from 'node:path'
import type { z } from 'zod'
import {
  type Facts,
  type SceneChanges,
  sceneChanges,
  type Waveform,
  waveform,
} from '../../preload/contract'
import { writeJson } from '../files/atomic'
import { markUsed } from '../files/forget-old'
import { readJson } from '../files/read'
import type { MediaTools } from '../media/media-tools'
import type { Work } from '../tools/run-tool'
import { fileIdentity } from './file-identity'
import { nameForTrack, type PictureSource } from './picture-source'
import { createSingleFlight } from './single-flight'

/** What the trim editor draws beside the pictures, each made once and kept by content. */
export interface MediaOutlines {
  waveform: (file: string, facts: Facts) => Promise<Waveform>
  scenes: (source: Omit<PictureSource, 'id'>) => Promise<SceneChanges>
  stop: () => void
}

export const createMediaOutlines = (
  media: Pick<MediaTools, 'waveform' | 'sceneChanges'>,
  folder: string,
): MediaOutlines => {
  const waveforms = createSingleFlight<Waveform>()
  const scenes = createSingleFlight<SceneChanges>()
  return {
    waveform: async (file, facts) => {
      const kept = path.join(folder, `${await fileIdentity(file)}.waveform.json`)
      return await waveforms.run(kept, {}, (work) =>
        recalled(kept, waveform, () => media.waveform(file, facts, work)),
      )
    },
    scenes: async ({ file, facts, track }) => {
      const identity = nameForTrack(await fileIdentity(file), track)
      const kept = path.join(folder, `${identity}.scenes.json`)
      const find = async (work: Work) => ({
        seconds: await media.sceneChanges(file, facts, { ...work, track }),
      })
      return await scenes.run(kept, {}, (work) => recalled(kept, sceneChanges, () => find(work)))
    },
    stop: () => {
      waveforms.stop()
      scenes.stop()
    },
  }
}

/** What an earlier call kept, else what `make` gives now. */
const recalled = async <T>(
  file: string,
  schema: z.ZodType<T>,
  make: () => Promise<T>,
): Promise<T> => {
  const kept = await readJson(file, schema)
  if (kept) {
    await markUsed(file)
    return kept
  }
  const made = await make()
  await writeJson(file, made)
  return made
}
