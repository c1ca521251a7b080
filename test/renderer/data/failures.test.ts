import { expect, test } from 'vitest'
import { AnswerFailure, failureToast } from '../../../renderer/data/failures'

const failure = (values: Record<string, string>) =>
  new AnswerFailure({
    code: 'media-error',
    message: 'media.failed-damaged',
    text: { key: 'media.failed-damaged', values: { name: 'a.mp4', ...values } },
  })

test('what a tool wrote is apart from the sentence', () => {
  const shown = failureToast(failure({ tool: '[h264 @ 0x1] no frame!' }))
  expect(shown.text).not.toContain('h264')
  expect(shown.details).toBe('[h264 @ 0x1] no frame!')
})

test('nothing is folded where no tool wrote anything', () => {
  expect(failureToast(failure({})).details).toBeUndefined()
})
