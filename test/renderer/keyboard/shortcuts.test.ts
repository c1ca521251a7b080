import { expect, it } from 'vitest'
import { matches, type Press } from '../../../renderer/keyboard/shortcuts'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

it.each([
  ['Ctrl+Enter', press('Enter', { ctrlKey: true }), 'Mod+Enter', false, true],
  ['⌘Enter on macOS', press('Enter', { metaKey: true }), 'Mod+Enter', true, true],
  ['Ctrl+Enter on macOS', press('Enter', { ctrlKey: true }), 'Mod+Enter', true, false],
  ['a letter with Caps Lock', press('I'), 'I', false, true],
  [
    'a letter with Ctrl, which is another shortcut',
    press('i', { ctrlKey: true }),
    'I',
    false,
    false,
  ],
  ['space', press(' '), 'Space', false, true],
  ['an arrow', press('ArrowLeft'), 'ArrowLeft', false, true],
  ['an arrow with Shift', press('ArrowLeft', { shiftKey: true }), 'ArrowLeft', false, false],
  [
    'an arrow with Shift, as the shortcut asks',
    press('ArrowLeft', { shiftKey: true }),
    'Shift+ArrowLeft',
    false,
    true,
  ],
  ['a sign that needs Shift', press('?', { shiftKey: true }), '?', false, true],
] as const)('%s', (_, pressed, keys, mac, expected) => {
  expect(matches(pressed, { keys }, mac)).toBe(expected)
})
