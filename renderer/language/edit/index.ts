import { batch } from './batch'
import { clips } from './clips'
import { inspector } from './inspector'
import { preflight } from './preflight'
import { stage } from './stage'
import { submit } from './submit'
import { trim } from './trim'

/** The texts of Edit, one file a part of the screen. */
export const edit = {
  en: {
    ...clips.en,
    ...batch.en,
    ...stage.en,
    ...trim.en,
    ...preflight.en,
    ...inspector.en,
    ...submit.en,
  },
  zh: {
    ...clips.zh,
    ...batch.zh,
    ...stage.zh,
    ...trim.zh,
    ...preflight.zh,
    ...inspector.zh,
    ...submit.zh,
  },
}
