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

type Role = NonNullable<MenuItemConstructorOptions['role']>

const separator = { type: 'separator' } as const

/** Items of Electron's own, labelled by their role; null is a separator. */
const roles = (context: MenuContext, names: readonly (Role | null)[]) =>
  names.map((role) => (role === null ? separator : { role, label: label(context, role) }))

const appMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: context.appName,
  submenu: [
    ...roles(context, ['about', null]),
    settingsItem(context),
    ...roles(context, [null, 'services', null, 'hide', 'hideOthers', 'unhide', null, 'quit']),
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
    separator,
    ...(context.mac ? [] : [settingsItem(context)]),
    ...roles(context, ['close']),
    ...(context.mac
      ? []
      : [{ role: 'quit', label: label(context, 'quit'), accelerator: 'Ctrl+Q' } as const]),
  ],
})

const editMenu = (context: MenuContext): MenuItemConstructorOptions => ({
  label: label(context, 'edit'),
  submenu: roles(context, ['undo', 'redo', null, 'cut', 'copy', 'paste', 'selectAll']),
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
    ...roles(context, [null, 'resetZoom', 'zoomIn', 'zoomOut', null]),
    { role: 'togglefullscreen', label: label(context, 'fullScreen') },
    ...(context.development
      ? ([
          separator,
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
