import { expect, it } from 'vitest'
import { blocker } from '../../preload/contract'
import { sharedTexts } from '../../preload/contract/language'

it.each(blocker.options)('the blocker %s has its sentence', (name) => {
  expect(Object.keys(sharedTexts.en.edits)).toContain(`blocked_${name}`)
})
