import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examineFfmpeg } from '../../main/tools/examine-ffmpeg'
import { chooseFfmpeg } from '../../main/tools/find-ffmpeg'
import { bundledFfmpeg } from '../../main/tools/tool-paths'
import { failing, pretender } from '../support/pretender'
import { temporaryFolder } from '../support/temporary-folder'
import { newerFfmpeg, noNewerFfmpeg } from '../support/test-tools'

/** Sets `last` to the last argument of the script. */
const last = 'for last; do :; done;'

describe('an ffmpeg', () => {
  it('of 2018 is too old, and is not tested', async () => {
    const found = await examineFfmpeg(bundledFfmpeg())
    expect(found).toMatchObject({ library: [56, 24, 101], fault: null, lasting: true })
    const choice = chooseFfmpeg([{ ...found, path: '/a', identity: '' }])
    expect(choice).toMatchObject({ found: null, passedOver: [{ why: 'old' }] })
  })

  it.skipIf(newerFfmpeg === null)(
    `of this computer passes its self-test${newerFfmpeg ? '' : ` (skipped: ${noNewerFfmpeg})`}`,
    async () => {
      const found = await examineFfmpeg(String(newerFfmpeg))
      expect(found).toMatchObject({ lacks: [], fault: null, lasting: true })
      expect(found.library[0]).toBeGreaterThanOrEqual(57)
    },
  )
})

describe.skipIf(process.platform === 'win32')('an ffmpeg that says it is new', () => {
  it('passes if it encodes and decodes', async () => {
    expect(await examineFfmpeg(pretender().path)).toEqual({
      version: '99.0',
      library: [99, 39, 100],
      lacks: [],
      fault: null,
      lasting: true,
    })
  })

  it('is told what it lacks', async () => {
    const gone = 's/libx264 /x /;s/ zscale / x /;s/libaom-av1/x/'
    const lists = '*-encoders*|*-filters*|*-decoders*'
    const change = `case "$*" in ${lists}) '${bundledFfmpeg()}' "$@" | sed '${gone}'; exit 0;; esac`
    expect(new Set((await examineFfmpeg(pretender(change).path)).lacks)).toEqual(
      new Set(['libx264', 'zscale', 'libdav1d / libaom-av1 / libgav1']),
    )
  })

  it('fails with its own words if it cannot encode', async () => {
    const found = await examineFfmpeg(
      pretender(failing('no path between colorspaces', 'testsrc')).path,
    )
    expect(found).toMatchObject({ fault: 'no path between colorspaces', lasting: true })
  })

  it('fails if its file has too few frames', async () => {
    const shorter = '-v error -f lavfi -i testsrc=d=0.4 -f lavfi -i sine=d=1 -c:a aac -y'
    const change = `case "$*" in *testsrc*) ${last} exec '${bundledFfmpeg()}' ${shorter} "$last";; esac`
    expect(await examineFfmpeg(pretender(change).path)).toMatchObject({ fault: '10 of 25 frames' })
  })

  it('may succeed another time if the disk was full', async () => {
    const found = await examineFfmpeg(pretender(failing('No space left on device', 'testsrc')).path)
    expect(found).toMatchObject({ fault: 'No space left on device', lasting: false })
  })

  it('leaves no file behind', async () => {
    const note = join(temporaryFolder(), 'note')
    const change = `case "$*" in *testsrc*) ${last} printf %s "$last" > '${note}';; esac`
    await examineFfmpeg(pretender(change).path)
    expect(existsSync(readFileSync(note, 'utf8'))).toBe(false)
  })
})

describe('what is no ffmpeg', () => {
  it('does not start', async () => {
    expect(await examineFfmpeg('/nowhere/ffmpeg')).toMatchObject({ version: null, lasting: false })
  })

  it('says no version', async () => {
    const found = await examineFfmpeg(process.execPath)
    expect(found.version).toBeNull()
    expect(found.fault).not.toBeNull()
  })
})
