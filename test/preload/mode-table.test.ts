import { expect, test } from 'vitest'
import { fileOf, filesOf } from '../../preload/contract'
import { aClip, anImage } from '../support/connected-provider'

test('the files of a role keep their order', () => {
  const media = [anImage('https://h.example/1.png'), aClip(), anImage('https://h.example/2.png')]
  expect(filesOf(media, 'reference-image')).toEqual([media[0], media[2]])
  expect(filesOf(media, 'voice')).toEqual([])
  expect(fileOf(media, 'clip')).toBe(media[1])
  expect(fileOf(media, 'voice')).toBeUndefined()
})
