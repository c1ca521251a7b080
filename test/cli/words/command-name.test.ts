import { expect, it } from 'vitest'
import { commandName } from '../../../main/cli/words/command-name'

const byNpm = { npm_lifecycle_event: 'reshoot', npm_package_json: '/home/me/reshoot/package.json' }

it.each([
  ['started by itself', {}, '/home/me', 'reshoot'],
  ['by npm in its folder', byNpm, '/home/me/reshoot', 'npm run -s reshoot --'],
  ['by npm in a folder below', byNpm, '/home/me/reshoot/clips', 'npm run -s reshoot --'],
  [
    'by npm from elsewhere',
    byNpm,
    '/home/me/reshoots',
    'npm --prefix /home/me/reshoot run -s reshoot --',
  ],
  [
    'by npm from elsewhere, in a folder with a space',
    { ...byNpm, npm_package_json: '/my files/package.json' },
    '/',
    "npm --prefix '/my files' run -s reshoot --",
  ],
  ['by another script of the project', { ...byNpm, npm_lifecycle_event: 'test' }, '/', 'reshoot'],
])('%s', (_name, env, cwd, expected) => {
  expect(commandName(env, cwd)).toBe(expected)
})
