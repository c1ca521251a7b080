import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { onlyShipped } from '../../../scripts/package/bill-of-materials.mjs'
import { controlFile } from '../../../scripts/package/deb.mjs'
import { builderConfig } from '../../../scripts/package/folder.mjs'
import { at } from '../../../scripts/setup/project.mjs'

it('the control file names the package, its size in KiB and either name of a renamed library', () => {
  const control = controlFile({ arch: 'x64', version: '1.2.3' }, 2048 * 1024)
  expect(control).toContain('Package: reshoot\nVersion: 1.2.3\nArchitecture: amd64\n')
  expect(control).toContain('Installed-Size: 2048\n')
  expect(control).toContain('libgtk-3-0 | libgtk-3-0t64')
  expect(control.endsWith('\n')).toBe(true)
})

it('the desktop entry opens files of the types that Reshoot takes', () => {
  const entry = readFileSync(at('scripts', 'package', 'linux', 'reshoot.desktop'), 'utf8')
  expect(entry).toContain('Exec=reshoot %F\n')
  for (const type of ['video/mp4', 'video/quicktime', 'image/png'])
    expect(entry).toContain(`${type};`)
})

it('the bill of materials holds what is shipped, and Electron', () => {
  const component = (name: string, group?: string) => ({
    name,
    ...(group ? { group } : {}),
    version: '1.0.0',
    'bom-ref': `${group ? `${group}/` : ''}${name}@1.0.0`,
    type: 'library',
  })
  const bill = onlyShipped(
    {
      metadata: { component: { 'bom-ref': 'reshoot@0.1.0', name: 'a-folder' } },
      components: [component('zod'), component('core', '@aws-sdk'), component('vitest')],
      dependencies: [
        { ref: 'reshoot@0.1.0', dependsOn: ['zod@1.0.0', 'vitest@1.0.0'] },
        { ref: 'vitest@1.0.0' },
      ],
    },
    ['zod', '@aws-sdk/core'].map((name) => ({ name, version: '1.0.0', license: '', text: '' })),
    '42.0.0',
  )
  expect(bill.metadata.component.name).toBe('reshoot')
  expect(bill.components.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'zod 1.0.0',
    'core 1.0.0',
    'electron 42.0.0',
  ])
  expect(bill.dependencies).toEqual([{ ref: 'reshoot@0.1.0', dependsOn: ['zod@1.0.0'] }])
})

it('the packaged app cannot be used as Node, and loads only its own archive', () => {
  const target = {
    platform: 'linux' as const,
    arch: 'x64' as const,
    version: '1.2.3',
    electron: '/electron',
    electronVersion: '42.0.0',
    stage: at(),
    folder: '/dist',
  }
  expect(builderConfig(target).electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  })
  const { files } = builderConfig(target)
  expect(files).toContain('!node_modules/ffprobe-static/bin/darwin/arm64/**')
  expect(files).not.toContain('!node_modules/ffprobe-static/bin/linux/x64/**')
})
