import { describe, expect, it } from 'vitest'
import { arranged, counted, unsorted } from '../../../../renderer/features/edit/clips/arrange-bar'
import type { Mark } from '../../../../renderer/ui/verdict-mark'
import { aClip } from '../../a-clip'

const rows = [aClip('b10', 4), aClip('b9', 12), aClip('A1', 7), aClip('c', 7)]
const marks: Record<string, Mark> = { b10: 'pass', b9: 'fail', A1: 'warn', c: 'checking' }
const markOf = ({ id }: { id: string }) => marks[id] ?? 'pass'
const ids = (arrangement: Partial<typeof unsorted>) =>
  arranged(rows, markOf, { ...unsorted, ...arrangement }).map(({ id }) => id)

describe('the column', () => {
  it.each([
    ['in the order added', 'added', ['b10', 'b9', 'A1', 'c']],
    ['by name, with numeric order', 'name', ['A1', 'b9', 'b10', 'c']],
    ['failing clips first', 'verdict', ['b9', 'A1', 'c', 'b10']],
    ['longest first, equal ones in the order added', 'duration', ['b9', 'A1', 'c', 'b10']],
  ] as const)('lists %s', (_, sorting, order) => expect(ids({ sorting })).toEqual(order))

  it.each([
    ['all', ['b10', 'b9', 'A1', 'c']],
    ['pass', ['b10']],
    ['warn', ['A1']],
    ['fail', ['b9']],
  ] as const)('shows %s', (filtering, order) => expect(ids({ filtering })).toEqual(order))

  it('counts what each filter shows', () => {
    expect(counted(rows.map(markOf))).toEqual({ all: 4, pass: 1, warn: 1, fail: 1 })
  })
})
