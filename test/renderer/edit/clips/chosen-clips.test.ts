import { expect, it } from 'vitest'
import {
  chooseOneClip,
  extendClips,
  keepClips,
  toggleClip,
} from '../../../../renderer/features/edit/clips/chosen-clips'
import { chooseClip, currentPlace } from '../../../../renderer/navigation'

it('keeps the last clip chosen after the other chosen clip was removed', () => {
  chooseOneClip('a')
  toggleClip('b')
  keepClips(['a', 'c'])
  chooseClip('a')
  toggleClip('a')
  expect(currentPlace().clipId).toBe('a')
})

it('keeps what is chosen while other clips come and go', () => {
  chooseOneClip('a')
  extendClips('b', ['a', 'b'])
  keepClips(['a', 'b', 'd'])
  toggleClip('b')
  expect(currentPlace().clipId).toBe('a')
})
