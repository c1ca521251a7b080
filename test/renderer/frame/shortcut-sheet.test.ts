import { expect, it } from 'vitest'
import { rowsOf, sheetGroups } from '../../../renderer/frame/shortcut-sheet'
import { type ShortcutId, shortcuts } from '../../../renderer/keyboard/shortcuts'
import { windowTexts } from '../../../renderer/language'

it.each(Object.entries(windowTexts))(
  'shows every shortcut, with one row per name, in %s',
  (_, table) => {
    const names: Record<ShortcutId, string> = table.common.shortcuts.names
    const rows = sheetGroups.map((group) => rowsOf(group, (id) => names[id]))
    for (const ofGroup of rows) {
      const said = ofGroup.map(({ name }) => name)
      expect(said).toEqual([...new Set(said)])
    }
    expect(
      rows
        .flat()
        .flatMap(({ ids }) => ids)
        .toSorted(),
    ).toEqual(Object.keys(shortcuts).toSorted())
  },
)

it('puts both search shortcuts in one row', () => {
  const rows = rowsOf('library', (id) => windowTexts.en.common.shortcuts.names[id])
  expect(rows.find(({ name }) => name === 'Search')?.ids).toEqual([
    'library-search',
    'library-find',
  ])
})
