import type { Handlers } from '../../../preload/contract'
import type { Call } from '../ipc'
import { appHandlers } from './app'
import { bucketHandlers } from './bucket'
import type { HandlerContext } from './context'
import { draftHandlers } from './drafts'
import { jobHandlers } from './jobs'
import { libraryHandlers } from './library'
import { mediaHandlers } from './media'
import { operationHandlers } from './operations'
import { providerHandlers } from './providers'
import { settingsHandlers } from './settings'

/** Every channel of the contract, one file a group. */
export const createHandlers = (context: HandlerContext): Handlers<Call> => ({
  app: appHandlers(context),
  media: mediaHandlers(context),
  operations: operationHandlers(context),
  drafts: draftHandlers(context),
  providers: providerHandlers(context),
  bucket: bucketHandlers(context),
  jobs: jobHandlers(context),
  library: libraryHandlers(context),
  settings: settingsHandlers(context),
})
