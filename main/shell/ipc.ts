import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { Answer } from '../../preload/contract'
import { channelNames } from '../../preload/contract/channel-names'
import { isTrusted } from './page'

/** What a handler gets besides its input. */
export interface Call {
  sender: WebContents
}

/** Answers a call; never rejects. */
export type Dispatch = (
  group: string,
  verb: string,
  input: unknown,
  call: Call,
) => Promise<Answer<unknown>>

export interface IpcOptions {
  window: () => BrowserWindow | null
  pageUrl: string
  /** Resolves after the window has opened; calls wait for it. */
  dispatch: () => Promise<Dispatch>
  onRefused: (channel: string, frameUrl: string | null) => void
}

/**
 * Opens all channels of the contract.
 *
 * Runs before the window opens, while schemas and services still load, so that no early call is lost.
 */
export const setupIpc = (options: IpcOptions): void => {
  for (const [group, verbs] of Object.entries(channelNames)) {
    for (const verb of verbs) {
      const channel = `${group}.${verb}`
      ipcMain.handle(channel, async (event, input: unknown) => {
        if (!isFromOurPage(event, options)) {
          options.onRefused(channel, event.senderFrame?.url ?? null)
          return refused
        }
        const dispatch = await options.dispatch()
        return dispatch(group, verb, input, { sender: event.sender })
      })
    }
  }
}

const isFromOurPage = (event: IpcMainInvokeEvent, { window, pageUrl }: IpcOptions): boolean => {
  const frame = event.senderFrame
  const ours = window()
  return isTrusted(
    {
      frameUrl: frame?.url ?? null,
      isMainFrame: frame !== null && frame.parent === null,
      isOurWindow: ours !== null && !ours.isDestroyed() && ours.webContents === event.sender,
    },
    pageUrl,
  )
}

/** The answer to an untrusted sender. */
const refused: Answer<never> = {
  ok: false,
  error: {
    code: 'refused',
    message: 'Refused',
    text: { key: 'shell.error.refused', values: {} },
    action: 'none',
  },
}
