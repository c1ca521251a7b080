import type { TableLike } from '../../../preload/contract/language/table'
import type { texts as english } from '../en'
import { common } from './common'
import { edit } from './edit'
import { library } from './library'
import { queue } from './queue'
import { settings, spending, storage } from './settings'
import { welcome } from './welcome'

export const texts: TableLike<typeof english> = {
  common,
  edit,
  library,
  queue,
  settings,
  spending,
  storage,
  welcome,
}
