import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bundledFfprobe } from '../../main/tools/tool-paths'
import { startCli } from '../support/cli-process'
import { makeClip } from '../support/make-media'
import { makeImage } from '../support/make-media-images'
import { runInProcess } from '../support/run-cli'
import { temporaryFolder } from '../support/temporary-folder'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('reshoot check', () => {
  it('writes one document per file, in order, with the documented keys (docs/preflight.md)', async () => {
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

  it('prints verdicts with reasons and leaves no files behind', async () => {
    const folder = temporaryFolder()
    const home = path.join(folder, 'home')
    const clip = await makeClip()
    const fine = await runInProcess(['check', clip, '--home', home])
    expect(fine).toMatchObject({ code: 0, stderr: '' })
    expect(fine.stdout.split('\n')[0]).toBe(`pass  ${clip}`)
    const spoilt = await makeClip({ spoilt: [0, 1] })
    expect((await runInProcess(['check', spoilt])).code).toBe(0)
    const decoded = await runInProcess(['check', '--decode', '--json', spoilt])
    expect(decoded.code).toBe(1)
    expect(decoded.stdout).toContain('"rule":"decodes","level":"fail"')
    const bad = await runInProcess(['check', await makeClip({ seconds: 1 })], {
      env: { RESHOOT_HOME: home },
    })
    expect(bad.code).toBe(1)
    expect(bad.stdout).toMatch(/^fail {2}\/.*\n( {2}\S.*\n)*/)
    expect(bad.stdout).toContain('duration')
    expect(existsSync(home)).toBe(false)
  })

  it.skipIf(process.platform === 'win32')(
    'asks ffprobe once about an unchanged file where there is a home, with the same answer',
    async () => {
      const folder = temporaryFolder()
      const clip = path.join(folder, 'long.mp4')
      copyFileSync(await makeClip({ seconds: 12 }), clip)
      const log = path.join(folder, 'asked')
      const ffprobePath = path.join(folder, 'ffprobe')
      const script = `#!/bin/sh\necho asked >> '${log}'\nexec '${bundledFfprobe()}' "$@"\n`
      writeFileSync(ffprobePath, script, { mode: 0o755 })
      const home = path.join(folder, 'home')
      mkdirSync(home)
      writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ ffprobePath }))
      // A file of this moment may still be in the middle of being written.
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
      const check = async () => await runInProcess(['check', '--json', clip, '--home', home])
      const [first, again] = [await check(), await check()]
      expect(first.code).toBe(1)
      expect(again).toMatchObject({ code: 1, stdout: first.stdout })
      expect(readFileSync(log, 'utf8')).toBe('asked\n')
    },
  )

  it('prints what to do and the command for it', async () => {
    const folder = temporaryFolder()
    copyFileSync(
      await makeClip({ seconds: 12, extension: '.mov' }),
      path.join(folder, 'my clip.mov'),
    )
    copyFileSync(await makeClip({ seconds: 1 }), path.join(folder, 'short.mp4'))
    copyFileSync(
      await makeImage({ format: 'png', alpha: 'half' }),
      path.join(folder, 'my clip.png'),
    )
    const names = ['my clip.mov', 'short.mp4', 'my clip.png']
    const env = {
      npm_lifecycle_event: 'reshoot',
      npm_package_json: path.join(folder, 'package.json'),
    }
    const run = await runInProcess(['check', ...names], { cwd: folder, env })
    expect(run.stdout).toContain(
      '  fail  duration: 12 s long; the maximum is 10 s. Trim to 10 s.\n',
    )
    expect(run.stdout).toContain(
      '  fail  duration: 1 s long; the minimum is 2 s. Use a longer clip or part, or extend it with --extend.\n',
    )
    expect(run.stdout).toMatch(/fail {2}alpha: .*\. Flatten onto a colour\.\n/)
    // One block per file on stdout (docs/preflight.md). The commands are for people.
    expect(run.stdout).not.toContain('prepare')
    const commands = run.stderr.split('\n').filter((line) => line.startsWith('  '))
    expect(commands).toEqual([
      "  npm run -s reshoot -- prepare 'my clip.mov' -o 'my clip-ready.mp4'",
      "  npm run -s reshoot -- prepare 'my clip.png' -o 'my clip-ready.png'",
    ])
    for (const command of commands) {
      const [, file = '', out = ''] = /prepare '(.*)' -o '(.*)'/.exec(command) ?? []
      expect(await runInProcess(['prepare', file, '-o', out], { cwd: folder })).toMatchObject({
        code: 0,
      })
      const checked = await runInProcess(['check', out], { cwd: folder })
      expect(checked).toMatchObject({ code: 0, stderr: '' })
    }
  })

  it('gives different outputs to files of the same name', async () => {
    const folder = temporaryFolder()
    for (const extension of ['.mov', '.mkv'] as const)
      copyFileSync(
        await makeClip({ seconds: 12, extension }),
        path.join(folder, `clip${extension}`),
      )
    const { stderr } = await runInProcess(['check', 'clip.mov', 'clip.mkv'], { cwd: folder })
    expect(stderr).toContain('prepare clip.mov -o clip-ready.mp4\n')
    expect(stderr).toContain('prepare clip.mkv -o clip-ready-2.mp4\n')
  })

  it('names the type of other files in both languages', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'notes.txt'), 'hello')
    writeFileSync(path.join(folder, 'odd.mp4'), Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    copyFileSync(await makeClip({ extension: '.avi' }), path.join(folder, 'clip.avi'))
    const check = async (LANG: string) =>
      (
        await runInProcess(['check', 'notes.txt', 'odd.mp4', 'clip.avi'], {
          cwd: folder,
          env: { LANG },
        })
      ).stdout
    const english = await check('en_US.UTF-8')
    expect(english).toContain('The content is text;')
    expect(english).toContain('The container is AVI; the model accepts MP4 and MOV')
    expect(english).toContain('The extension is “.avi”; the model accepts .mp4 and .mov')
    const chinese = await check('zh_CN.UTF-8')
    expect(chinese).toContain('内容是文本；')
    expect(chinese).toContain('封装格式为 AVI；')
    expect(chinese).toContain('未知格式')
    for (const said of [english, chinese]) expect(said).not.toMatch(/\{\{|\$t|content\./)
  })

  it('prints no impossible sizes', async () => {
    const bitmap = readFileSync(await makeImage({ format: 'bmp' }))
    bitmap.writeInt32LE(-127, 18)
    const file = path.join(temporaryFolder(), 'bad.bmp')
    writeFileSync(file, bitmap)
    const { stdout } = await runInProcess(['check', file])
    expect(stdout).toMatch(/fail {2}readable/)
    expect(stdout).not.toContain('-127')
    expect(stdout).not.toMatch(/width|aspect/)
    const [told] = (await runInProcess(['check', '--json', file])).documents()
    expect(told).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'width', level: 'fail', measured: -127 }),
      ]),
    })
  })

  it('uses the person’s language, but English for programs', async () => {
    const clip = await makeClip({ seconds: 1 })
    const env = { LANG: 'zh_CN.UTF-8' }
    expect((await runInProcess(['check', clip], { env })).stdout).toMatch(/[\u4e00-\u9fff]/)
    expect((await runInProcess(['check', '--json', clip], { env })).stdout).not.toMatch(
      /"message":"[^"]*[\u4e00-\u9fff]/,
    )
  })

  it('ends without an error when its reader closes the pipe', async () => {
    const clip = await makeClip()
    const cli = await startCli(['check', '--json', ...Array.from({ length: 40 }, () => clip)])
    cli.child.stdout?.once('data', () => cli.child.stdout?.destroy())
    expect(await cli.ended).toBe(0)
    expect(cli.stderr()).toBe('')
  })
})

describe('reshoot prepare', () => {
  it('cuts the selection, prints what it did and keeps the source unchanged', async () => {
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

  it('copies a file that needs no change, as a writable file', async () => {
    const folder = temporaryFolder()
    const [clip, out] = [path.join(folder, 'clip.mp4'), path.join(folder, 'out.mp4')]
    copyFileSync(await makeClip(), clip)
    chmodSync(clip, 0o444)
    const run = await runInProcess(['prepare', clip, '-o', out])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toBe(`clip.mp4 needs no change. Copied to ${out}\n`)
    expect(readFileSync(out).equals(readFileSync(clip))).toBe(true)
    expect(statSync(out).mode & 0o777).toBe(0o644)
    expect(statSync(clip).mode & 0o777).toBe(0o444)
  })

  it('never overwrites the source under any name', async () => {
    const folder = temporaryFolder()
    copyFileSync(await makeClip({ seconds: 12 }), path.join(folder, 'clip.mp4'))
    symlinkSync('clip.mp4', path.join(folder, 'link.mp4'))
    mkdirSync(path.join(folder, 'sub'))
    for (const out of ['clip.mp4', './sub/../clip.mp4', 'link.mp4']) {
      const run = await runInProcess(['prepare', 'clip.mp4', '-o', out], { cwd: folder })
      expect(run.code).toBe(1)
      expect(run.stderr).toContain('would overwrite the source')
    }
  })

  it.each([
    [
      'a clip that is too short',
      async () => [await makeClip({ seconds: 1 }), '-o', 'out.mp4'],
      'prepare cannot fix it',
    ],
    ['a missing clip', async () => ['gone.mp4', '-o', 'out.mp4'], 'readable'],
    [
      'a start behind the end',
      async () => [await makeClip(), '-o', 'out.mp4', '--start', '60'],
      'past the end',
    ],
    [
      'a part that is too short',
      async () => [await makeClip(), '-o', 'out.mp4', '--start', '1', '--duration', '1'],
      'would still fail',
    ],
    [
      'a part that is too long',
      async () => [await makeClip({ seconds: 12 }), '-o', 'out.mp4', '--duration', '11'],
      'No file was written',
    ],
    ['an output of another kind', async () => [await makeClip(), '-o', 'out.png'], '.mp4'],
    [
      'a folder that is not there',
      async () => [await makeClip(), '-o', 'no/out.mp4'],
      'does not exist',
    ],
    [
      'a part of an image',
      async () => [await makeImage(), '-o', 'out.jpg', '--start', '1'],
      'works only with clips',
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
