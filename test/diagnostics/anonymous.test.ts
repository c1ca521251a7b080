import { describe, expect, it } from 'vitest'
import { createAnonymous } from '../../main/diagnostics/anonymous'

const anonymous = createAnonymous({
  folders: [
    { word: 'data', folder: '/home/mira k/.config/Reshoot' },
    { word: 'results', folder: '/home/mira k/Videos/Reshoot' },
    { word: 'app', folder: '/opt/reshoot/resources/app.asar' },
    { word: 'temporary', folder: '/tmp' },
    { word: 'app', folder: 'C:\\Program Files\\Reshoot' },
  ],
  userFolder: '/home/mira k',
  names: ['mira', 'miras-laptop', 'x'],
  secrets: ['plain-secret-of-a-bucket', 'abc'],
})

describe('a report keeps what says something about a fault', () => {
  it.each([
    'Unexpected error bcdfgh {"channel":"jobs.list"}',
    'ffmpeg: 7.1 (newest capable one of this computer)',
    'TypeError: x is not a function\\n    at run (<app>/out/main/index.js:12:7)',
    '2026-11-22T01:10:00.000Z warn (main.log) SQLITE_FULL: database or disk is full',
    'evolink: key stored; api.evolink.ai answers (HTTP 404) after 12 ms, without a proxy',
    'and/or 5 GB/s',
    'abc and x are too short to be taken out',
  ])('%s', (line) => expect(anonymous(line)).toBe(line))
})

describe('a report loses what is personal', () => {
  it.each([
    ['a key', 'key sk-abcdef123456 end', 'key sk-… end'],
    ['a key in use, whatever it looks like', 'with plain-secret-of-a-bucket', 'with •••'],
    ['a name', 'Mira on miras-laptop, not admiral', '<name> on <name>, not admiral'],
    ['a mail address', 'of mira.k@example.com', 'of <address>'],
    [
      'our own files',
      "ENOENT: open '/home/mira k/.config/Reshoot/posters/9f.jpg'",
      "ENOENT: open '<data>/posters/….jpg'",
    ],
    [
      'the app',
      'at file:///opt/reshoot/resources/app.asar/out/main/a.js:1:2',
      'at <app>/out/main/a.js:1:2',
    ],
    [
      'a clip in quotes',
      "open '/home/mira k/Films/the wedding of Mira's aunt.mp4'",
      "open '~/….mp4'",
    ],
    ['a clip without quotes', 'no /media/USB disk/our wedding.mov here', 'no ….mov here'],
    ['a clip in JSON', '{"path":"/home/mira k/a b.MP4","n":1}', '{"path":"~/….MP4","n":1}'],
    [
      'a result, whose name has the prompt',
      '"/home/mira k/Videos/Reshoot/a bomb (beach).mp4"',
      '"<results>/….mp4"',
    ],
    [
      'a name of a file alone',
      '{"name":"our wedding day.mp4"} and beach.png',
      '{"name":"….mp4"} and ….png',
    ],
    [
      'what is not the path',
      '{"message":"the cause, in /srv/a b.mp4"}',
      '{"message":"the cause, in ….mp4"}',
    ],
    [
      'tags of a clip',
      '"Metadata:\\n    title           : our wedding\\n    location        : +48.8+2.3/\\n  Duration: 1"',
      '"Metadata:\\n    title           : …\\n    location        : …\\n  Duration: 1"',
    ],
    ['a folder', 'cd /srv/private/mira then', 'cd … then'],
    ['Windows', '"D:\\\\Mira\\\\wedding.mp4" D:\\Mira\\wedding', '"….mp4" …'],
    [
      'the app on Windows',
      'at C:\\\\Program Files\\\\Reshoot\\\\out\\\\a.js',
      'at <app>\\\\out\\\\a.js',
    ],
    [
      'an address',
      'GET https://user:pw@oss.example.com/users/mira/wedding.mp4?Expires=1&Signature=abc failed',
      'GET https://oss.example.com failed',
    ],
    ['a folder as an address', 'file:///home/mira%20k/Films/a.mp4', '~/….mp4'],
  ])('%s', (_what, line, expected) => expect(anonymous(line)).toBe(expected))
})

it('a person whose folder is the root of the disk keeps a readable report', () => {
  const ofRoot = createAnonymous({ folders: [], userFolder: '/', names: [], secrets: [] })
  expect(ofRoot('and/or')).toBe('and/or')
})
