import type { MenuItemConstructorOptions } from 'electron'
import type { EventValue } from '../../preload/contract'

export type View = EventValue<'show'>['view']

export interface MenuActions {
  openFiles: () => void
  show: (view: View) => void
  openLogs: () => void
  openDocs: () => void
}

export interface MenuContext {
  mac: boolean
  development: boolean
  appName: string
  say: (key: string) => string
  actions: MenuActions
}

/** The application menu. It sets every label, because default labels follow the computer's language, not the app's. */
export const menuTemplate = (context: MenuContext): MenuItemConstructorOptions[] => [
  ...(context.mac ? [appMenu(context)] : []),
  fileMenu(context),
  editMenu(context),
  viewMenu(context),
  ...(context.mac ? [windowMenu(context)] : []),
  helpMenu(context),
]

const label = ({ say, appName }: MenuContext, key: string): string =>
  say(`shell.menu.${key}`).replace('{{app}}', appName)

const appMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: context.appName,
  submenu: [
    { role: 'about', label: label(context, 'about') },
    { type: 'separator' },
    settingsItem(context),
    { type: 'separator' },
    { role: 'services', label: label(context, 'services') },
    { type: 'separator' },
    { role: 'hide', label: label(context, 'hide') },
    { role: 'hideOthers', label: label(context, 'hideOthers') },
    { role: 'unhide', label: label(context, 'unhide') },
    { type: 'separator' },
    { role: 'quit', label: label(context, 'quit') },
  ],
})

const settingsItem = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'settings'),
  accelerator: 'CmdOrCtrl+,',
  click: () => context.actions.show('settings'),
})

const fileMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'file'),
  submenu: [
    {
      label: label(context, 'open'),
      accelerator: 'CmdOrCtrl+O',
      click: () => context.actions.openFiles(),
    },
    { type: 'separator' },
    ...(context.mac ? [] : [settingsItem(context)]),
    { role: 'close', label: label(context, 'close') },
    ...(context.mac
      ? []
      : [{ role: 'quit', label: label(context, 'quit'), accelerator: 'Ctrl+Q' } as const]),
  ],
})

const editMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'edit'),
  submenu: [
    { role: 'undo', label: label(context, 'undo') },
    { role: 'redo', label: label(context, 'redo') },
    { type: 'separator' },
    { role: 'cut', label: label(context, 'cut') },
    { role: 'copy', label: label(context, 'copy') },
    { role: 'paste', label: label(context, 'paste') },
    { role: 'selectAll', label: label(context, 'selectAll') },
  ],
})

const views = ['edit', 'queue', 'library'] as const satisfies readonly View[]

const viewMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'view'),
  submenu: [
    ...views.map((view, index) => ({
      label: label(context, `show_${view}`),
      accelerator: `CmdOrCtrl+${index + 1}`,
      click: () => context.actions.show(view),
    })),
    { type: 'separator' },
    { role: 'resetZoom', label: label(context, 'resetZoom') },
    { role: 'zoomIn', label: label(context, 'zoomIn') },
    { role: 'zoomOut', label: label(context, 'zoomOut') },
    { type: 'separator' },
    { role: 'togglefullscreen', label: label(context, 'fullScreen') },
    ...(context.development
      ? ([
          { type: 'separator' },
          { role: 'reload', label: 'Reload' },
          { role: 'toggleDevTools', label: 'Developer tools' },
        ] satisfies MenuItemConstructorOptions[])
      : []),
  ],
})

const windowMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'window'),
  role: 'windowMenu',
})

const helpMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'help'),
  role: 'help',
  submenu: [
    { label: label(context, 'docs'), click: () => context.actions.openDocs() },
    { label: label(context, 'logs'), click: () => context.actions.openLogs() },
  ],
})
