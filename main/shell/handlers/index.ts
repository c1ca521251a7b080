import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { clipboard, shell } from 'electron'
import type { Handlers } from '../../../preload/contract'
import { throughTemporary } from '../../files/temporary-file'
import { RefusedRequest } from '../errors'
import type { Call } from '../ipc'
import { readNotices } from '../notices'
import { openLink } from '../security'
import type { Group, HandlerContext } from './context'
import { draftHandlers, jobHandlers, promptHandlers } from './jobs'
import { libraryHandlers } from './library'
import { mediaHandlers } from './media'
import { bucketHandlers, providerHandlers } from './providers'
import { settingsHandlers } from './settings'

/** The handlers of all channels. */
export const createHandlers = (context: HandlerContext): Handlers<Call> => ({
  app: appHandlers(context),
  media: mediaHandlers(context),
  operations: { cancel: async ({ operationId }) => context.operations.cancel(operationId) },
  drafts: draftHandlers(context),
  prompts: promptHandlers(context),
  providers: providerHandlers(context),
  bucket: bucketHandlers(context),
  jobs: jobHandlers(context),
  library: libraryHandlers(context),
  settings: settingsHandlers(context),
  updates: updateHandlers(context),
})

const updateHandlers = ({ updates }: HandlerContext): Group<'updates'> => ({
  state: async () => updates.state(),
  look: () => updates.look(),
  download: () => updates.download(),
  install: async () => updates.install(),
})

const appHandlers = ({
  home,
  services,
  dialogs,
  report,
  welcomed,
}: HandlerContext): Group<'app'> => ({
  copy: async ({ text }) => {
    await clipboard.writeText(text)
  },
  openLink: async ({ url }) => {
    if (!(await openLink(url)))
      throw new RefusedRequest({ key: 'shell.error.linkRefused', values: { url } })
  },
  openLogs: async () => {
    await shell.openPath(home.logs)
  },
  report: ({ errorId }) => report(errorId),
  saveReport: async ({ text }) => {
    const day = new Date().toISOString().slice(0, 10)
    const file = await dialogs.saveAs(`reshoot-report-${day}.txt`)
    if (file === null) return { fileName: null }
    await throughTemporary(file, (temporary) => writeFile(temporary, text))
    return { fileName: path.basename(file) }
  },
  fault: async ({ id, message, stack }) => {
    services.log.error(`The page failed ${id}`, { message, stack })
  },
  welcomed: async () => welcomed(),
  notices: () => readNotices(path.join(import.meta.dirname, '..')),
  openEngineNotices: async () => {
    await shell.openPath(path.join(path.dirname(process.execPath), 'LICENSES.chromium.html'))
  },
})
