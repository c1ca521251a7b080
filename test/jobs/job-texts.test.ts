import { describe, expect, it } from 'vitest'
import { say, sharedTexts } from '../../preload/contract/language'
import { jobs } from '../../preload/contract/language/jobs'

describe('what is said of jobs', () => {
  it('is said in both languages, with the same values', () => {
    const valuesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort()
    for (const topic of ['job', 'result'] as const) {
      const [en, zh] = [jobs.en[topic], jobs.zh[topic]]
      expect(Object.keys(zh)).toEqual(Object.keys(en))
      for (const [key, text] of Object.entries(en))
        expect(valuesOf(zh[key as keyof typeof zh])).toEqual(valuesOf(text))
    }
  })

  it('names the file and says the finding in its own words', () => {
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
