import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

const summary = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), rule: z.object({ name: z.string() }), type: z.string() }),
    ),
  }),
})

/** A house in which everything is allowed, and beside it one file for each thing that is not. */
const allowed = {
  'main/index.ts': `import { app } from 'electron'\nimport './shell/window'\nimport './services/services'\nexport { app }`,
  'main/shell/window.ts': `import type { BrowserWindow } from 'electron'\nimport type { Clip } from '../../preload/contract/clip'\nexport type Window = BrowserWindow | Clip`,
  'main/services/services.ts': `import '../jobs/runner'\nimport '../preflight/rules'\nimport '../tools/run-ffmpeg'`,
  'main/jobs/runner.ts': `import '../providers/provider'\nimport '../library/store'`,
  'main/library/store.ts': `import 'node:fs'`,
  'main/providers/provider.ts': `import '../clock'\nimport type { Clip } from '../../preload/contract/clip'\nexport type P = Clip`,
  'main/clock.ts': 'export const now = () => Date.now()',
  'main/preflight/rules.ts': `import type { Clip } from '../../preload/contract/clip'\nexport type R = Clip`,
  'main/tools/run-ffmpeg.ts': `import ffmpeg from 'fluent-ffmpeg'\nexport { ffmpeg }`,
  'preload/contract/clip.ts': `import { z } from 'zod'\nexport const clip = z.string()\nexport type Clip = string`,
  'preload/index.ts': `import { ipcRenderer } from 'electron'\nimport './contract/clip'\nexport { ipcRenderer }`,
  'renderer/main.tsx': `import './features/edit/view'\nexport const page = <p />`,
  'renderer/features/edit/view.tsx': `import '../../ui/button'\nimport type { Clip } from '../../../preload/contract/clip'\nexport type V = Clip`,
  'renderer/ui/button.tsx': `import { useState } from 'react'\nexport const Button = () => <b>{useState(1)[0]}</b>`,
  'scripts/start.mjs': `import 'node:fs'\nimport './setup/say.mjs'`,
  'scripts/setup/say.mjs': 'export const say = 1',
}

const forbidden: Record<string, [file: string, source: string]> = {
  'no-circles': [
    'main/jobs/circle-a.ts',
    `import type { B } from './circle-b'\nexport type A = B | 1`,
  ],
  'no-orphans': ['main/jobs/orphan.ts', 'export const alone = 1'],
  'no-unresolvable': ['main/jobs/lost.ts', `import './nowhere'`],
  'no-undeclared-packages': ['main/jobs/chance.ts', `import 'acorn'`],
  'executables-stay-outside-the-bundle': ['main/media/photo.ts', `import 'sharp'`],
  'sources-know-no-tests-or-scripts': [
    'main/jobs/cheat.ts',
    `import '../../scripts/setup/say.mjs'`,
  ],
  'scripts-need-nothing-installed': ['scripts/early.mjs', `import 'zod'`],
  'scripts-know-no-sources': ['scripts/late.mjs', `import '../main/clock'`],
  'contract-runs-anywhere': ['preload/contract/files.ts', `import 'node:fs'`],
  'preload-imports-contract-and-electron-only': ['preload/more.ts', `import 'zod'`],
  'window-knows-only-the-contract': [
    'renderer/features/edit/spy.ts',
    `import type { P } from '../../../main/providers/provider'\nexport type S = P`,
  ],
  'window-has-no-electron': ['renderer/features/edit/shell.ts', `import 'electron'`],
  'window-has-no-node': ['renderer/features/edit/disk.tsx', `import 'node:fs'`],
  'ui-knows-no-features': ['renderer/ui/clever.tsx', `import '../features/edit/view'`],
  'main-knows-no-window': ['main/shell/peek.ts', `import '../../renderer/ui/button'`],
  'electron-only-in-the-shell': [
    'main/library/dialog.ts',
    `import type { Dialog } from 'electron'\nexport type D = Dialog`,
  ],
  'nothing-below-knows-the-shell': ['main/jobs/notify.ts', `import '../shell/window'`],
  'nothing-below-knows-the-composition': ['main/jobs/ask.ts', `import '../services/services'`],
  'preflight-is-pure': ['main/preflight/disk.ts', `import 'node:fs'`],
  'providers-know-no-jobs': ['main/providers/nosy.ts', `import '../jobs/runner'`],
  'uploads-know-no-jobs': ['main/uploads/nosy.ts', `import '../library/store'`],
  'fluent-ffmpeg-behind-tools': ['main/sandbox/effects.ts', `import 'fluent-ffmpeg'`],
}

/** What each rule found, as `rule file`. */
let found: string[] = []

function write(file: string, source: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), `${source}\n`)
}

beforeAll(async () => {
  for (const [file, source] of Object.entries(allowed)) write(file, source)
  for (const [file, source] of Object.values(forbidden)) write(file, source)
  write('main/jobs/circle-b.ts', `import type { A } from './circle-a'\nexport type B = { a: A }`)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  manifest.devDependencies.sharp = manifest.dependencies.sharp
  delete manifest.dependencies.sharp
  write('package.json', JSON.stringify(manifest))

  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(root, '.dependency-cruiser.cjs')
  const folders = ['main', 'preload', 'renderer', 'scripts']
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tool, '--config', config, '--output-type', 'json', ...folders],
    { cwd: folder, maxBuffer: 1e8 },
  ).catch((error: { stdout: string }) => error)
  found = summary
    .parse(JSON.parse(stdout))
    .summary.violations.map(({ rule, from }) => `${rule.name} ${from}`)
}, 30_000)

it.each(Object.entries(forbidden))('%s', (rule, [file]) => {
  expect(found).toContain(`${rule} ${file}`)
})

it('finds nothing wrong with the house itself', () => {
  const files = Object.keys(allowed)
  expect(found.filter((line) => files.includes(line.split(' ')[1] ?? ''))).toEqual([])
})

it('has an example for every rule', () => {
  const config = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8')
  const names = [...config.matchAll(/^ {6}name: '([^']+)'/gm)].map((match) => match[1])
  expect(Object.keys(forbidden).sort()).toEqual(names.sort())
})
