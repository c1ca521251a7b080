import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  digest,
  fingerprints,
  hasStamp,
  removeStamp,
  writeStamp,
} from '../../../scripts/setup/stamps.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stamps-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('fingerprints', () => {
  const now = () => digest(fingerprints(folder))

  it('change with a file that is edited, added, moved or removed, and only then', () => {
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'one'), '1')
    const first = now()
    expect(now()).toBe(first)

    utimesSync(join(folder, 'a', 'one'), 1, 1)
    const touched = now()
    expect(touched).not.toBe(first)

    writeFileSync(join(folder, 'two'), '')
    expect(now()).not.toBe(touched)
    rmSync(join(folder, 'two'))
    expect(now()).toBe(touched)
  })

  it('of a missing path are none', () => {
    expect(fingerprints(join(folder, 'nothing'))).toEqual([])
  })
})

it('a stamp is there only with its own value', () => {
  const file = join(folder, 'deep', 'stamp')
  expect(hasStamp(file, 'a')).toBe(false)
  writeStamp(file, 'a')
  expect(hasStamp(file, 'a')).toBe(true)
  expect(hasStamp(file, 'b')).toBe(false)
  removeStamp(file)
  removeStamp(file)
  expect(hasStamp(file, 'a')).toBe(false)
})
