import { describe, expect, it } from 'vitest'
import { editOptions } from '../../../preload/contract'
import { MadePanel } from '../../../renderer/features/library/made-panel'
import { anEntry, clipFile, imageFile } from '../a-job'
import { markupOf, rawKeys, wordsOf } from '../render'

const entry = anEntry({
  prompt: 'Snow on the roofs\nKeep the sky.',
  negativePrompt: 'blurry',
  options: editOptions.parse({ seed: 428_197, quality: '1080p', sound: 'keep' }),
  files: [
    clipFile({ name: 'street.mov', selection: { start: 1.25, end: 6.25 } }),
    imageFile('look.png'),
  ],
  billed: { seconds: 10, input: 5, output: 5, currency: 'USD', amount: 1.5 },
  requestId: 'request-1',
})

describe('the details of a result', () => {
  it('contain everything that made the result', () => {
    const words = wordsOf(<MadePanel entry={entry} />, 'en')
    for (const fact of [
      'Keep the sky.',
      'blurry',
      'Image 1',
      '428197',
      '1080p',
      'Kept from clip',
      'street.mov',
      '00:01.250 – 00:06.250',
      '1280 × 720',
      'Sandbox: local effects, no AI',
      'task-1',
      'request-1',
      '10 s (5 s in, 5 s out)',
      '$1.50',
    ])
      expect(words).toContain(fact)
  })

  it('are complete in Chinese', () => {
    const markup = markupOf(<MadePanel entry={entry} />, 'zh')
    expect(markup).toContain('非 AI')
    expect(markup).toContain('保留原声')
    expect(rawKeys(markup)).toEqual([])
  })
})
