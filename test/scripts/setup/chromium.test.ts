import { expect, test } from 'vitest'
import { readableNames } from '../../../scripts/setup/chromium.mjs'

const { PATH } = process.env

test.runIf(process.platform === 'linux')(
  'a locale without UTF-8, named or not installed, gets one; any other is left alone',
  () => {
    const utf8 = { LC_ALL: 'C.UTF-8' }
    expect(readableNames({ PATH })).toEqual(utf8)
    expect(readableNames({ PATH, LC_ALL: 'C' })).toEqual(utf8)
    expect(readableNames({ PATH, LANG: 'xx_YY.UTF-8' })).toEqual(utf8)
    expect(readableNames({ PATH, ...utf8 })).toEqual({})
    expect(readableNames({ PATH, LC_CTYPE: 'C.UTF-8' })).toEqual({})
  },
)

test('where the encoding cannot be asked for nothing is changed', () => {
  expect(readableNames({ PATH: '/nowhere', LC_ALL: 'C' })).toEqual({})
})
