import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkFile } from '../../main/preflight'
import { makeClip } from '../support/make-media'
import { mediaFolder, tools } from '../support/media-folder'

const { folder, fresh } = mediaFolder()

describe('names and places', () => {
  test.each([
    ['of 255 bytes', `${'x'.repeat(251)}.mp4`],
    ['in Chinese', `${'视频'.repeat(30)}.mp4`],
    ['with accents written as two letters', 'Cafe\u0301.mp4'],
    ['from right to left', 'וידאו.mp4'],
    ['with a line break', 'one\ntwo.mp4'],
    ['like an option', '--help.mp4'],
    ['like a sequence', 'clip%03d.mp4'],
    ['like a list', 'concat:a|b.mp4'],
    ['like a pipe', 'pipe:0.mp4'],
    ['with a space at its end', 'clip.mp4 '],
  ])('a name %s', async (_, name) => {
    const path = join(folder, name)
    await copyFile(await makeClip(), path)
    const facts = await tools.inspect(path)
    expect(facts).toMatchObject({ kind: 'video', width: 320, complete: true })
    const output = fresh('.mp4')
    const recipe = { selection: { start: 0, end: 2.5 }, remedies: [], background: '#000000' }
    await tools.prepare({ path, facts, ...recipe }, output)
    expect(checkFile(await tools.inspect(output), output).verdict).toBe('pass')
  })

  test.runIf(process.platform === 'linux')('a name that is not UTF-8 is told', async () => {
    const real = Buffer.concat([
      Buffer.from(join(folder, 'caf')),
      Buffer.from([0xe9]),
      Buffer.from('.mp4'),
    ])
    await writeFile(real, await readFile(await makeClip()))
    const [name = ''] = (await readdir(folder)).filter((each) => each.startsWith('caf\ufffd'))
    const facts = await tools.inspect(join(folder, name))
    expect(facts).toMatchObject({ kind: 'other', unreadable: 'name' })
    const { findings } = checkFile(facts, name)
    expect(findings).toMatchObject([{ rule: 'readable', level: 'fail', measured: 'name' }])
  })

  test('a very long path', async () => {
    const deep = join(folder, ...Array.from({ length: 14 }, () => 'd'.repeat(240)))
    await mkdir(deep, { recursive: true })
    const path = join(deep, 'clip.mp4')
    await copyFile(await makeClip(), path)
    expect(await tools.inspect(path)).toMatchObject({ kind: 'video', width: 320 })
  })

  test('symbolic links: to a clip, to a missing file, to themselves', async () => {
    const [good, broken, loop] = ['good', 'broken', 'loop'].map((name) =>
      join(folder, `${name}.mp4`),
    )
    await symlink(await makeClip(), good ?? '')
    await symlink(join(folder, 'nowhere'), broken ?? '')
    await symlink(loop ?? '', loop ?? '')
    expect(await tools.inspect(good ?? '')).toMatchObject({ kind: 'video', width: 320 })
    expect(await tools.inspect(broken ?? '')).toMatchObject({ unreadable: 'missing' })
    expect(await tools.inspect(loop ?? '')).toMatchObject({ kind: 'other' })
  })
})
