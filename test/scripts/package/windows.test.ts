import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { iconOf, removals } from '../../../scripts/package/windows.mjs'
import { at } from '../../../scripts/setup/project.mjs'
import { temporaryFolder } from '../../support/temporary-folder'

it('the uninstaller removes each file that was installed, and folders only when they are empty', () => {
  const folder = temporaryFolder()
  for (const file of ['reshoot.exe', 'resources/app.txt', 'resources/deep/$odd.txt']) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), '')
  }
  expect(removals(folder)).toEqual({
    files: [
      'Delete "$INSTDIR\\resources\\deep\\$$odd.txt"',
      'Delete "$INSTDIR\\resources\\app.txt"',
      'Delete "$INSTDIR\\reshoot.exe"',
    ]
      .toSorted()
      .toReversed(),
    folders: ['RMDir "$INSTDIR\\resources\\deep"', 'RMDir "$INSTDIR\\resources"'],
  })
  const script = readFileSync(at('scripts', 'package', 'windows', 'reshoot.nsi'), 'utf8')
  expect(script).not.toMatch(/RMDir\s+\/r/i)
})

it('the icon holds its images where its list says', () => {
  const images = [16, 256].map((size) => ({
    size,
    png: readFileSync(at('resources', 'icon', `${size}.png`)),
  }))
  const icon = iconOf(images)
  expect([icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([1, 2])
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index
    expect(icon[entry]).toBe(size % 256)
    const offset = icon.readUInt32LE(entry + 12)
    expect(icon.subarray(offset, offset + icon.readUInt32LE(entry + 8))).toEqual(png)
  }
})

it('the files that “Open with” offers Reshoot for are those of the Open dialog', () => {
  const script = readFileSync(at('scripts', 'package', 'windows', 'reshoot.nsi'), 'utf8')
  const offered = [...script.matchAll(/insertmacro \$\{do\} "\.(\w+)"/g)].map(([, name]) => name)
  const dialog = readFileSync(at('main', 'shell', 'dialogs.ts'), 'utf8')
  const listed = [...dialog.matchAll(/'(\w{2,5})'/g)].map(([, name]) => name)
  for (const name of offered) expect(listed).toContain(name)
})
