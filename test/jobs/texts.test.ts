import { describe, expect, it } from 'vitest'
import { say, sharedTexts } from '../../preload/contract/language'

describe('the failure of a refused file', () => {
  it('names the file and contains the sentence of the finding', () => {
    const findingKey = `finding.${Object.keys(sharedTexts.en.finding)[0]}`
    const finding = { key: findingKey, values: { measured: 12, limit: 10 } }
    for (const language of ['en', 'zh'] as const) {
      const inner = say(finding, language)
      const values = { ...finding.values, name: 'beach.mp4', findingKey }
      const said = say({ key: 'job.refused', values }, language)
      expect(said).toContain('beach.mp4')
      expect(inner).not.toBe(findingKey)
      expect(said).toContain(inner)
      expect(said).not.toContain('$t(')
    }
  })
})
