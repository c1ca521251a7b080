import { clipboard, shell } from 'electron'
import { RefusedRequest } from '../errors'
import { openLink } from '../security'
import type { HandlerContext } from './context'
import type { Group } from './group'

export const appHandlers = ({ home }: HandlerContext): Group<'app'> => ({
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
})
