import { type BrowserWindow, ipcMain, type WebContents } from 'electron'
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

interface IpcOptions {
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
export const setupIpc = ({ window, pageUrl, dispatch, onRefused }: IpcOptions): void => {
  for (const [group, verbs] of Object.entries(channelNames)) {
    for (const verb of verbs) {
      const channel = `${group}.${verb}`
      ipcMain.handle(channel, async ({ sender, senderFrame }, input: unknown) => {
        const ours = window()
        const from = {
          frameUrl: senderFrame?.url ?? null,
          isMainFrame: senderFrame !== null && senderFrame.parent === null,
          isOurWindow: ours !== null && !ours.isDestroyed() && ours.webContents === sender,
        }
        if (isTrusted(from, pageUrl)) return (await dispatch())(group, verb, input, { sender })
        onRefused(channel, from.frameUrl)
        return refuse('refused', 'Refused', 'shell.error.refused')
      })
    }
  }
}

/** The answer to a call that no handler gets. */
export const refuse = (
  code: string,
  message: string,
  key: string,
  values: Record<string, string> = {},
): Answer<never> => ({
  ok: false,
  error: { code, message, text: { key, values }, action: 'none' },
})
