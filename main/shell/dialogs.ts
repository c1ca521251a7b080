import { stat } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron'
import type { ShellStateStore } from './shell-state'

export interface DialogWords {
  clips: string
  images: string
  clipsAndImages: string
  allFiles: string
  executable: string
}

/** Asks the person for files and folders. A cancelled dialog gives null or an empty list. */
export interface Dialogs {
  openFiles: (what: 'any' | 'clips' | 'images') => Promise<string[]>
  saveAs: (fileName: string) => Promise<string | null>
  chooseFolder: (current: string) => Promise<string | null>
  chooseExecutable: () => Promise<string | null>
}

export const createDialogs = (
  window: () => BrowserWindow | null,
  state: ShellStateStore,
  words: () => DialogWords,
): Dialogs => {
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
    openFiles: async (what) => {
      const files = await show({
        properties: ['openFile', 'multiSelections'],
        filters: filtersOf(what, words()),
        ...defaultPath(await existing(state.get().folders.open)),
      })
      if (files[0]) remember('open', files[0])
      return files
    },
    saveAs: async (fileName) => {
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
    chooseFolder: async (current) => {
      const [folder] = await show({
        properties: ['openDirectory', 'createDirectory'],
        ...defaultPath(await existing(current)),
      })
      return folder ?? null
    },
    chooseExecutable: async () => {
      const filters =
        process.platform === 'win32' ? [{ name: words().executable, extensions: ['exe'] }] : []
      const [file] = await show({ properties: ['openFile'], filters })
      return file ?? null
    },
  }
}

const defaultPath = (folder: string | null) => (folder ? { defaultPath: folder } : null)

/** The folder if it exists: a dialog for a missing folder starts in an arbitrary one. */
const existing = async (folder: string | null): Promise<string | null> => {
  if (folder === null) return null
  try {
    return (await stat(folder)).isDirectory() ? folder : null
  } catch {
    return null // unmounted or deleted
  }
}

// Only a filter of the dialog: files are recognised by content.
const clipExtensions = ['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', '3gp', 'mts', 'ts']
const imageExtensions = ['jpg', 'jpeg', 'png', 'webp', 'bmp', 'gif', 'tif', 'tiff', 'avif']

const filtersOf = (what: 'any' | 'clips' | 'images', words: DialogWords): FileFilter[] => {
  const clips = { name: words.clips, extensions: clipExtensions }
  const images = { name: words.images, extensions: imageExtensions }
  const both = { name: words.clipsAndImages, extensions: [...clipExtensions, ...imageExtensions] }
  const all = { name: words.allFiles, extensions: ['*'] }
  if (what === 'clips') return [clips, all]
  if (what === 'images') return [images, all]
  return [both, all]
}
