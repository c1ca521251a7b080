import { common } from './common'
import { edit } from './edit'
import { library } from './library'
import { queue } from './queue'
import { settings, spending, storage } from './settings'
import { welcome } from './welcome'

/** The English texts of the window; their shape is that of every language. */
export const texts = { common, edit, library, queue, settings, spending, storage, welcome }
