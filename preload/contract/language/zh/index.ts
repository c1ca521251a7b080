import type { texts as english } from '../en'
import type { TableLike } from '../table'
import { cli } from './cli'
import { failures } from './failures'
import { files } from './files'
import { findings } from './findings'
import { jobs } from './jobs'
import { providers } from './providers'
import { shell } from './shell'
import { usage } from './usage'

export const texts: TableLike<typeof english> = {
  ...cli,
  ...failures,
  ...files,
  ...findings,
  ...jobs,
  ...providers,
  ...shell,
  ...usage,
}
