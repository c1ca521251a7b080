import { describe, expect, it } from 'vitest'
import { common } from '../../../renderer/language/common'
import { edit } from '../../../renderer/language/edit'
import { library } from '../../../renderer/language/library'
import { queue } from '../../../renderer/language/queue'
import { settings } from '../../../renderer/language/settings'
import { spending } from '../../../renderer/language/spending'
import { storage } from '../../../renderer/language/storage'

const leaves = (table: object, path = ''): [string, string][] =>
  Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted()

describe.each(Object.entries({ common, edit, library, queue, settings, spending, storage }))(
  '%s',
  (_, { en, zh }) => {
    const english = new Map(leaves(en))
    const chinese = new Map(leaves(zh))

    it('has every text in both languages', () => {
      const wanted = [...english.keys()].filter((key) => !key.endsWith('_one'))
      expect([...chinese.keys()].filter((key) => !key.endsWith('_one')).toSorted()).toEqual(
        wanted.toSorted(),
      )
    })

    it('names only values that are given in both', () => {
      for (const [key, text] of chinese) {
        const given = new Set([...placeholders(english.get(key) ?? ''), 'count'])
        expect(
          placeholders(text).filter((name) => !given.has(name ?? '')),
          key,
        ).toEqual([])
      }
    })

    it('leaves no text empty', () => {
      for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('')
    })
  },
)
