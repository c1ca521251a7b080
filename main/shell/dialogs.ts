import { stat } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron'
import { invisible } from '../catalog/file-names'
import type { ShellStateStore } from './shell-state'

/** Asks the person for files and folders. A cancelled dialog gives null or an empty list. */
export type Dialogs = ReturnType<typeof createDialogs>

export const createDialogs = (
  window: () => BrowserWindow | null,
  state: ShellStateStore,
  say: (key: string, values?: Record<string, number>) => string,
) => {
  const remember = (kind: 'open' | 'save', file: string) =>
    state.set({ folders: { ...state.get().folders, [kind]: path.dirname(file) } })
  const show = async (options: Electron.OpenDialogOptions): Promise<string[]> => {
    const parent = window()
    const answer = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options))
    return answer.filePaths
  }
  return {
    openFiles: async (what: keyof typeof shown): Promise<string[]> => {
      const files = await show({
        properties: ['openFile', 'multiSelections'],
        filters: filtersOf(what, say),
        ...defaultPath(await existing(state.get().folders.open)),
      })
      if (files[0]) remember('open', files[0])
      return files
    },
    saveAs: async (fileName: string): Promise<string | null> => {
      const folder = (await existing(state.get().folders.save)) ?? app.getPath('downloads')
      const options = { defaultPath: path.join(folder, fileName) }
      const parent = window()
      const answer = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options))
      if (answer.canceled || answer.filePath === '') return null
      remember('save', answer.filePath)
      return answer.filePath
    },
    chooseFolder: async (current: string): Promise<string | null> => {
      const [folder] = await show({
        properties: ['openDirectory', 'createDirectory'],
        ...defaultPath(await existing(current)),
      })
      return folder ?? null
    },
    /** Whether files that a sidecar names may be used: it may come from anyone. */
    confirmFiles: async (paths: readonly string[]): Promise<boolean> => {
      const options = {
        type: 'question' as const,
        message: say('shell.dialog.strangeFiles', { count: paths.length }),
        detail: [say('shell.dialog.strangeFilesDetail'), '', ...paths.map(shownPath)].join('\n'),
        buttons: [say('shell.dialog.useFiles'), say('shell.dialog.cancel')],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      }
      const parent = window()
      const answer = await (parent
        ? dialog.showMessageBox(parent, options)
        : dialog.showMessageBox(options))
      return answer.response === 0
    },
    chooseExecutable: async (): Promise<string | null> => {
      const executables = { name: say('shell.dialog.executable'), extensions: ['exe'] }
      const filters = process.platform === 'win32' ? [executables] : []
      const [file] = await show({ properties: ['openFile'], filters })
      return file ?? null
    },
  }
}

/** Of a long path the end, without characters that would disguise it. */
const shownPath = (file: string): string => {
  const plain = file.replace(invisible, '\ufffd')
  return plain.length > 200 ? `…${plain.slice(-200)}` : plain
}

const defaultPath = (folder: string | null) => (folder ? { defaultPath: folder } : null)

/** The folder if it exists: a dialog for a missing folder starts in an arbitrary one. */
const existing = async (folder: string | null): Promise<string | null> => {
  if (folder === null) return null
  const found = await stat(folder).catch(() => null) // unmounted or deleted
  return found?.isDirectory() ? folder : null
}

// Only a filter of the dialog: files are recognised by content.
const clipExtensions = ['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', '3gp', 'mts', 'ts']
const imageExtensions = ['jpg', 'jpeg', 'png', 'webp', 'bmp', 'gif', 'tif', 'tiff', 'avif']

const shown = {
  clips: { key: 'shell.dialog.clips', extensions: clipExtensions },
  images: { key: 'shell.dialog.images', extensions: imageExtensions },
  any: { key: 'shell.dialog.clipsAndImages', extensions: [...clipExtensions, ...imageExtensions] },
}

const filtersOf = (what: keyof typeof shown, say: (key: string) => string): FileFilter[] => [
  { name: say(shown[what].key), extensions: shown[what].extensions },
  { name: say('shell.dialog.allFiles'), extensions: ['*'] },
]
