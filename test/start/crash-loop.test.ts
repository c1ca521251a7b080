import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isCrashLoop, noteStart } from '../../main/start/crash-loop'
import { temporaryFolder } from '../support/temporary-folder'

const minutes = (...times: number[]) => times.map((time) => time * 60_000)

it.each([
  ['no start', [], false],
  ['two', minutes(0, 1), false],
  ['three within a minute', minutes(0, 0.5, 1), true],
  ['three within exactly five minutes', minutes(0, 2, 5), true],
  ['three within a little more', [...minutes(0, 2), 300_001], false],
  ['the last three of four', minutes(0, 60, 61, 62), true],
  ['three long ago and one later', minutes(0, 1, 2, 60), false],
  ['a clock that was set back', minutes(60, 1, 2), false],
  ['a clock that was set back a little', minutes(3, 1, 2), true],
])('a crash loop: %s', (_what, crashed, expected) => {
  expect(isCrashLoop(crashed)).toBe(expected)
})

describe('starts of one home', () => {
  const home = () => {
    const file = path.join(temporaryFolder(), 'starts.json')
    let now = 1_000_000
    const start = () => {
      now += 30_000
      return noteStart(file, now)
    }
    return { file, start, crash: (times: number) => Array.from({ length: times }, start) }
  }

  it('are held back after three that did not end', () => {
    const { start, crash } = home()
    expect(crash(3).map(({ afterCrashes }) => afterCrashes)).toEqual([false, false, false])
    expect(start().afterCrashes).toBe(true)
  })

  it('are not after one that ended in order', () => {
    const { start, crash } = home()
    crash(2)
    start().end()
    crash(2)
    expect(start().afterCrashes).toBe(false)
  })

  it('stay held back until the person goes on', () => {
    const { start, crash } = home()
    crash(3)
    start().end()
    const paused = start()
    expect(paused.afterCrashes).toBe(true)
    paused.forgive()
    paused.end()
    expect(start().afterCrashes).toBe(false)
  })

  it('are held back again when it crashes on after the person went on', () => {
    const { start, crash } = home()
    crash(3)
    start().forgive()
    crash(2)
    expect(start().afterCrashes).toBe(true)
  })

  it.each(['', '{"crashed":"all"}', '[1'])('begin anew with a damaged file: %s', (content) => {
    const { file, start, crash } = home()
    crash(3)
    writeFileSync(file, content)
    expect(start().afterCrashes).toBe(false)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ crashed: [] })
  })

  it('go on where nothing can be written', () => {
    const file = path.join(temporaryFolder(), 'starts.json')
    mkdirSync(file)
    const start = noteStart(file, 1)
    start.forgive()
    start.end()
    expect(start.afterCrashes).toBe(false)
  })
})
