import { expect, test, vi } from 'vitest'
import { AnswerFailure, failureToast, noticeToast } from '../../../renderer/data/failures'
import { useReportDialog } from '../../../renderer/data/report'

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

test('an unexpected error of main leads to a report about it', () => {
  const { action } = noticeToast({ key: 'shell.error.unexpected', values: { id: 'bcdfgh' } })
  action?.run()
  expect(useReportDialog.getState()).toEqual({ open: true, errorId: 'bcdfgh' })
  const job = { key: 'job.retried', values: { id: '3f9a1c' } }
  expect(noticeToast(job).action).toBeUndefined()
})

test('an error of the page is logged under the id of its report', () => {
  const fault = vi.fn(async () => ({ ok: true, value: undefined }))
  vi.stubGlobal('window', { reshoot: { app: { fault } } })
  const { action } = failureToast(new Error('a bug'))
  action?.run()
  const id = useReportDialog.getState().errorId
  expect(fault).toHaveBeenCalledExactlyOnceWith({
    id,
    message: 'a bug',
    stack: expect.stringContaining('failures.test'),
  })
})
