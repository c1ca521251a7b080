import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCli } from '../support/cli-process'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

describe('reshoot check', () => {
  it('writes one document a file, in the order given, with the keys of RULES.md in their order', async () => {
    const folder = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 12, sound: 'tone' }), path.join(folder, 'long.mp4'))
    copyFileSync(await makeImage(), path.join(folder, 'image.jpg'))
    writeFileSync(path.join(folder, 'notes.txt'), 'hello')
    const names = [
      'long.mp4',
      './image.jpg',
      'notes.txt',
      'gone.mp4',
      path.join(folder, 'long.mp4'),
    ]
    const cli = await startCli(['check', '--json', ...names], { cwd: folder })
    expect(await cli.ended).toBe(1)
    expect(cli.stderr()).toBe('')
    const lines = cli
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => [line.path, line.kind, line.verdict])).toEqual([
      ['long.mp4', 'video', 'fail'],
      ['./image.jpg', 'image', 'pass'],
      ['notes.txt', 'other', 'fail'],
      ['gone.mp4', 'other', 'fail'],
      [path.join(folder, 'long.mp4'), 'video', 'fail'],
    ])
    for (const line of lines)
      expect(Object.keys(line)).toEqual(['path', 'kind', 'verdict', 'findings', 'facts'])
    expect(Object.keys(lines[0].facts)).toEqual([
      'container',
      'brand',
      'duration',
      'durations',
      'width',
      'height',
      'codedWidth',
      'codedHeight',
      'rotation',
      'sar',
      'codec',
      'frameRate',
      'variableFrameRate',
      'hdr',
      'audio',
      'bytes',
    ])
    expect(Object.keys(lines[0].facts.durations)).toEqual(['container', 'video', 'ignoringEdits'])
    expect(Object.keys(lines[1].facts)).toEqual([
      'format',
      'width',
      'height',
      'orientation',
      'frames',
      'alpha',
      'transparent',
      'colourSpace',
      'bytes',
    ])
    const duration = lines[0].findings.find(
      (finding: { rule: string }) => finding.rule === 'duration',
    )
    expect(duration).toMatchObject({ level: 'fail', remedy: 'trim', message: expect.any(String) })
    for (const finding of lines.flatMap((line) => line.findings))
      expect(['rule', 'level', 'measured', 'limit', 'message', 'remedy']).toEqual(
        expect.arrayContaining(Object.keys(finding)),
      )
    expect(lines[3].findings).toMatchObject([{ rule: 'readable', level: 'fail' }])
  })

  it('says pass or fail and why, to people, and leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const home = path.join(folder, 'home')
    const clip = await makeClip()
    const fine = await runInProcess(['check', clip, '--home', home])
    expect(fine).toMatchObject({ code: 0, stderr: '' })
    expect(fine.stdout.split('\n')[0]).toBe(`pass  ${clip}`)
    const bad = await runInProcess(['check', await makeClip({ seconds: 1 })], {
      env: { RESHOOT_HOME: home },
    })
    expect(bad.code).toBe(1)
    expect(bad.stdout).toMatch(/^fail {2}\/.*\n( {2}\S.*\n)*/)
    expect(bad.stdout).toContain('duration')
    expect(existsSync(home)).toBe(false)
  })

  it('speaks the person’s language, but not to programs', async () => {
    const clip = await makeClip({ seconds: 1 })
    const env = { LANG: 'zh_CN.UTF-8' }
    expect((await runInProcess(['check', clip], { env })).stdout).toMatch(/[\u4e00-\u9fff]/)
    expect((await runInProcess(['check', '--json', clip], { env })).stdout).not.toMatch(
      /"message":"[^"]*[\u4e00-\u9fff]/,
    )
  })

  it('ends quietly when its reader goes away', async () => {
    const clip = await makeClip()
    const cli = await startCli(['check', '--json', ...Array.from({ length: 40 }, () => clip)])
    cli.child.stdout?.once('data', () => cli.child.stdout?.destroy())
    expect(await cli.ended).toBe(0)
    expect(cli.stderr()).toBe('')
  })
})

describe('reshoot prepare', () => {
  it('takes the part asked for, says what it did, and leaves the source alone', async () => {
    const folder = temporaryFolder()
    const clip = await makeClip({ seconds: 12 })
    const before = readFileSync(clip)
    const out = path.join(folder, 'out.mp4')
    const run = await runInProcess(
      ['prepare', clip, '-o', 'out.mp4', '--start', '2', '--duration', '5'],
      { cwd: folder },
    )
    expect(run.code).toBe(0)
    expect(run.stdout).toContain(out)
    expect(run.stdout).toContain('2.00 s')
    expect(run.stdout).toMatch(/ffmpeg.*-/)
    const [checked] = (await runInProcess(['check', '--json', out])).documents()
    expect(checked).toMatchObject({ verdict: 'pass', facts: { duration: expect.closeTo(5, 3) } })
    expect(readFileSync(clip).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['out.mp4'])
  })

  it.each([
    [
      'too long, HEVC in a MOV, turned',
      { seconds: 12, codec: 'hevc', extension: '.mov', rotation: 90 },
    ],
    ['too small', { width: 160, height: 120 }],
    ['in another container', { extension: '.mkv' }],
  ] as const)('fixes all that the report names: %s', async (_name, shape) => {
    const out = path.join(temporaryFolder(), 'out.mp4')
    const run = await runInProcess(['prepare', await makeClip(shape), '-o', out])
    expect(run).toMatchObject({ code: 0 })
    const [checked] = (await runInProcess(['check', '--json', out])).documents()
    expect(checked).toMatchObject({ verdict: 'pass' })
  })

  it('fixes images', async () => {
    const out = path.join(temporaryFolder(), 'out.png')
    const run = await runInProcess([
      'prepare',
      await makeImage({ format: 'png', alpha: 'half' }),
      '-o',
      out,
    ])
    expect(run).toMatchObject({ code: 0 })
    expect((await runInProcess(['check', '--json', out])).documents()).toMatchObject([
      { verdict: 'pass' },
    ])
  })

  it.each([
    ['png', 'out.png'],
    ['jpeg', 'out.JPG'],
  ])('writes %s where the output says so', async (format, name) => {
    const out = path.join(temporaryFolder(), name)
    const source = await makeImage({ width: 200, height: 300 })
    expect(await runInProcess(['prepare', source, '-o', out])).toMatchObject({ code: 0 })
    expect((await runInProcess(['check', '--json', out])).documents()).toMatchObject([
      { verdict: 'pass', facts: { format } },
    ])
  })

  it('copies what needs no change', async () => {
    const clip = await makeClip()
    const out = path.join(temporaryFolder(), 'out.mp4')
    expect(await runInProcess(['prepare', clip, '-o', out])).toMatchObject({ code: 0 })
    expect(readFileSync(out).equals(readFileSync(clip))).toBe(true)
  })

  it('never replaces the source, by whatever name', async () => {
    const folder = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 12 }), path.join(folder, 'clip.mp4'))
    symlinkSync('clip.mp4', path.join(folder, 'link.mp4'))
    mkdirSync(path.join(folder, 'sub'))
    for (const out of ['clip.mp4', './sub/../clip.mp4', 'link.mp4']) {
      const run = await runInProcess(['prepare', 'clip.mp4', '-o', out], { cwd: folder })
      expect(run.code).toBe(1)
      expect(run.stderr).toContain('would replace the source')
    }
  })

  it.each([
    [
      'a clip that is too short',
      async () => [await makeClip({ seconds: 1 }), '-o', 'out.mp4'],
      'no change would help',
    ],
    ['a missing clip', async () => ['gone.mp4', '-o', 'out.mp4'], 'readable'],
    [
      'a start behind the end',
      async () => [await makeClip(), '-o', 'out.mp4', '--start', '60'],
      'behind the end',
    ],
    [
      'a part that is too short',
      async () => [await makeClip(), '-o', 'out.mp4', '--start', '1', '--duration', '1'],
      'would still not pass',
    ],
    [
      'a part that is too long',
      async () => [await makeClip({ seconds: 12 }), '-o', 'out.mp4', '--duration', '11'],
      'Nothing was written',
    ],
    ['an output of another kind', async () => [await makeClip(), '-o', 'out.mov'], '.mp4'],
    [
      'a folder that is not there',
      async () => [await makeClip(), '-o', 'no/out.mp4'],
      'does not exist',
    ],
    [
      'a part of an image',
      async () => [await makeImage(), '-o', 'out.jpg', '--start', '1'],
      'is an image',
    ],
  ])('refuses %s in a sentence', async (_name, words, reason) => {
    const folder = temporaryFolder()
    const run = await runInProcess(['prepare', ...(await words())], { cwd: folder })
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr).toContain(reason)
    expect(run.stderr).not.toMatch(/\n\s+at /)
    expect(readdirSync(folder)).toEqual([])
  })
})
