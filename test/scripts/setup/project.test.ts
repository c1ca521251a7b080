import { expect, test } from 'vitest'
import { providerRows } from '../../../preload/contract'
import { withoutPersonal } from '../../../scripts/setup/project.mjs'

const keys = Object.values(providerRows).flatMap(({ keyVariable, baseUrlVariables, files }) =>
  [keyVariable ?? [], baseUrlVariables, files?.variable ?? []].flat(),
)

test.each([...keys, 'RESHOOT_S3_SECRET_KEY', 'AWS_PROFILE', 'SOMEONES_2ND_API_KEY', 'NO_COLOR'])(
  'tests and the demo do not get %s',
  (name) => {
    expect(withoutPersonal({ [name]: 'own', PATH: '/bin' })).toEqual({ PATH: '/bin' })
  },
)

test('they get the rest', () => {
  const rest = { HOME: '/home/a', XDG_CACHE_HOME: '/c', API_KEY_HELP: '1', NODE_OPTIONS: '' }
  expect(withoutPersonal(rest)).toEqual(rest)
})
