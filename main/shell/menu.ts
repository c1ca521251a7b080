import type { MenuItemConstructorOptions } from 'electron'
import type { EventValue } from '../../preload/contract'

export type View = EventValue<'show'>['view']

interface MenuContext {
  mac: boolean
  development: boolean
  appName: string
  say: (key: string) => string
  actions: {
    openFiles: () => void
    show: (view: View) => void
    report: () => void
    openLogs: () => void
    openDocs: () => void
  }
}

type Role = NonNullable<MenuItemConstructorOptions['role']>

const separator = { type: 'separator' } as const
const views = ['edit', 'queue', 'library'] as const satisfies readonly View[]

const developerItems: MenuItemConstructorOptions[] = [
  separator,
  { role: 'reload', label: 'Reload' },
  { role: 'toggleDevTools', label: 'Developer tools' },
]

/** The application menu. It sets every label, because default labels follow the computer's language, not the app's. */
export const menuTemplate = (context: MenuContext): MenuItemConstructorOptions[] => {
  const { mac, development, appName, say, actions } = context
  const label = (key: string): string => say(`shell.menu.${key}`).replace('{{app}}', appName)
  /** Items of Electron's own, labelled by their role; null is a separator. */
  const roles = (...names: (Role | null)[]): MenuItemConstructorOptions[] =>
    names.map((role) => (role === null ? separator : { role, label: label(role) }))
  const settings = {
    label: label('settings'),
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.show('settings'),
  }
  const app: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      ...roles('about', null),
      settings,
      ...roles(null, 'services', null, 'hide', 'hideOthers', 'unhide', null, 'quit'),
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: label('file'),
    submenu: [
      { label: label('open'), accelerator: 'CmdOrCtrl+O', click: () => actions.openFiles() },
      separator,
      ...(mac ? [] : [settings]),
      ...roles('close'),
      ...(mac ? [] : [{ role: 'quit', label: label('quit'), accelerator: 'Ctrl+Q' } as const]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: label('view'),
    submenu: [
      ...views.map((name, index) => ({
        label: label(`show_${name}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.show(name),
      })),
      ...roles(null, 'resetZoom', 'zoomIn', 'zoomOut', null),
      { role: 'togglefullscreen', label: label('fullScreen') },
      ...(development ? developerItems : []),
    ],
  }
  return [
    ...(mac ? [app] : []),
    file,
    {
      label: label('edit'),
      submenu: roles('undo', 'redo', null, 'cut', 'copy', 'paste', 'selectAll'),
    },
    view,
    ...(mac ? [{ label: label('window'), role: 'windowMenu' } as const] : []),
    {
      label: label('help'),
      role: 'help',
      submenu: [
        { label: label('docs'), click: () => actions.openDocs() },
        { label: label('report'), click: () => actions.report() },
        { label: label('logs'), click: () => actions.openLogs() },
      ],
    },
  ]
}
