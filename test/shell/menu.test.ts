import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { menuTemplate } from '../../main/shell/menu'
import { say } from '../../preload/contract/language'

const actions = {
  openFiles: vi.fn(),
  show: vi.fn(),
  report: vi.fn(),
  openLogs: vi.fn(),
  openDocs: vi.fn(),
}
const templateFor = (language: 'en' | 'zh', mac: boolean, development = false) =>
  menuTemplate({
    mac,
    development,
    appName: 'Reshoot',
    say: (key) => say({ key, values: {} }, language),
    actions,
  })

const itemsOf = (menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])

describe.each(['en', 'zh'] as const)('the menu in %s', (language) => {
  test.each([true, false])('has a label for every item (mac: %s)', (mac) => {
    for (const item of itemsOf(templateFor(language, mac))) {
      if (item.type === 'separator') continue
      expect(item.label).toBeTruthy()
      expect(item.label).not.toContain('shell.menu')
    }
  })
})

test('has developer tools in development only', () => {
  const roles = (development: boolean) =>
    itemsOf(templateFor('en', false, development)).map(({ role }) => role)
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toContain('toggleDevTools')
  expect(roles(false)).not.toContain('reload')
})

test('opens every view', () => {
  for (const item of itemsOf(templateFor('en', false)))
    if (item.accelerator?.toString().match(/^CmdOrCtrl\+[123,]$/))
      item.click?.(undefined as never, undefined as never, undefined as never)
  expect(actions.show.mock.calls.flat()).toEqual(['settings', 'edit', 'queue', 'library'])
})
