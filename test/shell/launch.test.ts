import { describe, expect, test } from 'vitest'
import { handedFiles, readLaunch } from '../../main/shell/launch'

const development = { appPath: '/src/reshoot', packaged: false, cwd: '/clips' }
const packaged = { appPath: '/opt/reshoot/resources/app.asar', packaged: true, cwd: '/clips' }
const nothing = { home: undefined, files: [], command: null }

describe('parses the command line:', () => {
  test.each([
    ['nothing', ['electron', '/src/reshoot'], development, nothing],
    [
      'nothing, from inside the folder',
      ['electron', '.'],
      { ...development, cwd: '/src/reshoot' },
      nothing,
    ],
    [
      'Chromium switches',
      ['electron', '--no-sandbox', '--inspect=0', '/src/reshoot', '--lang=en'],
      development,
      nothing,
    ],
    [
      'files',
      ['electron', '/src/reshoot', 'a.mp4', '/b/c.mov'],
      development,
      { ...nothing, files: ['/clips/a.mp4', '/b/c.mov'] },
    ],
    ['files, packaged', ['reshoot', 'a.mp4'], packaged, { ...nothing, files: ['/clips/a.mp4'] }],
    [
      'a file URL from a desktop',
      ['reshoot', 'file:///b/my%20clip.mp4'],
      packaged,
      { ...nothing, files: ['/b/my clip.mp4'] },
    ],
    ['a file URL of another computer', ['reshoot', 'file://nas/b/clip.mp4'], packaged, nothing],
    [
      'a home',
      ['reshoot', '--home', 'state', 'a.mp4'],
      packaged,
      { home: '/clips/state', files: ['/clips/a.mp4'], command: null },
    ],
    ['a home with =', ['reshoot', '--home=/state'], packaged, { ...nothing, home: '/state' }],
    ['a home without a folder', ['reshoot', '--home'], packaged, nothing],
    [
      'files that look like switches',
      ['reshoot', '--', '--odd.mp4'],
      packaged,
      { ...nothing, files: ['/clips/--odd.mp4'] },
    ],
    [
      'a command',
      ['electron', '--no-sandbox', '/src/reshoot', '--cli', 'check', '--json', 'a.mp4'],
      development,
      { ...nothing, command: ['check', '--json', 'a.mp4'] },
    ],
    [
      'a command with its own home',
      ['reshoot', '--cli', '--home', '/state', 'jobs'],
      packaged,
      { ...nothing, home: '/state', command: ['--home', '/state', 'jobs'] },
    ],
    [
      'a command with a home before it',
      ['reshoot', '--home', '/state', '--cli', 'jobs'],
      packaged,
      { ...nothing, home: '/state', command: ['--home', '/state', 'jobs'] },
    ],
  ])('%s', (_name, argv, context, expected) => {
    expect(readLaunch(argv, context)).toEqual(expected)
  })
})

test.each([
  [{ files: ['/a.mp4', '/b.mov'] }, ['/a.mp4', '/b.mov']],
  [{ files: ['relative.mp4', 7, null] }, []],
  [{ files: 'a' }, []],
  [null, []],
  ['files', []],
])('reads the files of a second instance: %j', (data, expected) => {
  expect(handedFiles(data)).toEqual(expected)
})
