import { cli } from './cli'
import { failures } from './failures'
import { files } from './files'
import { findings } from './findings'
import { jobs } from './jobs'
import { providers } from './providers'
import { shell } from './shell'
import { usage } from './usage'

/** The English texts of main and window; their shape is that of every language. */
export const texts = {
  ...cli,
  ...failures,
  ...files,
  ...findings,
  ...jobs,
  ...providers,
  ...shell,
  ...usage,
}
