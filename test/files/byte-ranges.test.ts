import { describe, expect, test } from 'vitest'
import { rangeAnswer, readRange } from '../../main/files/byte-ranges'

const all = { kind: 'all' }
const part = (start: number, end: number) => ({ kind: 'part', start, end })
const unsatisfiable = { kind: 'unsatisfiable' }

describe('the Range header for a file of 1000 bytes', () => {
  test.each([
    [null, all],
    ['', all],
    ['bytes=0-', part(0, 999)],
    ['bytes=0-0', part(0, 0)],
    ['bytes=200-299', part(200, 299)],
    ['bytes=999-', part(999, 999)],
    ['bytes=900-5000', part(900, 999)],
    ['bytes=-100', part(900, 999)],
    ['bytes=-5000', part(0, 999)],
    ['bytes=-0', unsatisfiable],
    ['bytes=1000-', unsatisfiable],
    ['bytes=1000-1001', unsatisfiable],
    ['bytes=99999999999999999999-', unsatisfiable],
    [' bytes=5-6 ', part(5, 6)],
    ['bytes=9-5', all],
    ['bytes=-', all],
    ['bytes=a-b', all],
    ['bytes=0-1,5-6', all],
    ['seconds=0-1', all],
    ['bytes 0-1', all],
  ])('%s', (header, expected) => {
    expect(readRange(header, 1000)).toEqual(expected)
  })

  test('has no satisfiable part of an empty file', () => {
    expect(readRange('bytes=0-', 0)).toEqual(unsatisfiable)
    expect(readRange('bytes=-1', 0)).toEqual(unsatisfiable)
    expect(readRange(null, 0)).toEqual(all)
  })
})

describe('the answer to a range', () => {
  test('of all', () => {
    expect(rangeAnswer({ kind: 'all' }, 1000)).toEqual({
      status: 200,
      length: 1000,
      headers: { 'Accept-Ranges': 'bytes', 'Content-Length': '1000' },
    })
  })

  test('of a part', () => {
    expect(rangeAnswer({ kind: 'part', start: 200, end: 299 }, 1000)).toEqual({
      status: 206,
      length: 100,
      headers: {
        'Accept-Ranges': 'bytes',
        'Content-Length': '100',
        'Content-Range': 'bytes 200-299/1000',
      },
    })
  })

  test('beyond the end is 416 with the real size', () => {
    expect(rangeAnswer({ kind: 'unsatisfiable' }, 1000)).toEqual({
      status: 416,
      length: 0,
      headers: { 'Content-Range': 'bytes */1000' },
    })
  })
})
