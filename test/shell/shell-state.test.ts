import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fitBounds, openShellState, readShellState } from '../../main/shell/shell-state'

const fresh = {
  bounds: null,
  maximized: false,
  theme: 'system',
  welcome: false,
  folders: { open: null, save: null },
}

describe('the shell state', () => {
  test('survives a restart', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'reshoot-state-'))
    const bounds = { x: 10, y: 20, width: 1400, height: 900 }
    openShellState(path.join(home, 'window.json')).set({ bounds, theme: 'dark' })
    openShellState(path.join(home, 'window.json')).set({ folders: { open: '/clips', save: null } })
    expect(openShellState(path.join(home, 'window.json')).get()).toEqual({
      ...fresh,
      bounds,
      theme: 'dark',
      folders: { open: '/clips', save: null },
    })
    await rm(home, { recursive: true })
  })

  test.each([
    ['', fresh],
    ['nonsense', fresh],
    ['null', fresh],
    ['[]', fresh],
    ['{"bounds":{"x":1,"y":2,"width":"wide","height":3},"theme":"pink"}', fresh],
    [
      '{"theme":"light","maximized":true,"welcome":true,"folders":{"open":"relative"}}',
      { ...fresh, theme: 'light', maximized: true, welcome: true },
    ],
  ])('uses defaults for damaged parts: %s', (text, expected) => {
    expect(readShellState(text)).toEqual(expected)
  })

  test('works without write access to the home', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'reshoot-state-'))
    const file = path.join(home, 'file')
    await writeFile(file, 'x')
    const state = openShellState(path.join(file, 'window.json'))
    state.set({ maximized: true })
    expect(state.get().maximized).toBe(true)
    expect(await readFile(file, 'utf8')).toBe('x')
    await rm(home, { recursive: true })
  })
})

describe('the window opens', () => {
  const laptop = { x: 0, y: 0, width: 1440, height: 900 }
  const beside = { x: 1440, y: 0, width: 2560, height: 1440 }
  test.each([
    [
      'where it was',
      { x: 100, y: 50, width: 1280, height: 800 },
      [laptop],
      { x: 100, y: 50, width: 1280, height: 800 },
    ],
    [
      'on the second display',
      { x: 1500, y: 50, width: 1280, height: 800 },
      [laptop, beside],
      { x: 1500, y: 50, width: 1280, height: 800 },
    ],
    [
      'nowhere when that display is gone',
      { x: 1500, y: 50, width: 1280, height: 800 },
      [laptop],
      null,
    ],
    [
      'pulled back inside',
      { x: 900, y: 600, width: 1280, height: 800 },
      [laptop],
      { x: 160, y: 100, width: 1280, height: 800 },
    ],
    [
      'smaller on a smaller display',
      { x: 0, y: 0, width: 2560, height: 1400 },
      [laptop],
      { x: 0, y: 0, width: 1440, height: 900 },
    ],
  ])('%s', (_name, bounds, displays, expected) => {
    expect(fitBounds(bounds, displays)).toEqual(expected)
  })
})
