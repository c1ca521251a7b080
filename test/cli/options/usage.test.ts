import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { runInProcess } from '../../support/run-cli'
import { temporaryFolder } from '../../support/temporary-folder'

describe('wrong usage', () => {
  it.each([
    [[]],
    [['nonsense']],
    [['check']],
    [['check', '--nonsense', 'a.mp4']],
    [['prepare', 'a.mp4']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--start', 'soon']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--start', '-1']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--duration', '0']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--duration', '']],
    [['edit', 'a.mp4']],
    [['edit', 'a.mp4', '--prompt', 'x', '--quality', '480p']],
    [['edit', 'a.mp4', '--prompt', 'x', '--ratio', '2:1']],
    [['edit', 'a.mp4', '--prompt', 'x', '--provider', 'nobody']],
    [['prepare', 'a.mp4', '-o', 'b.webm']],
    [['prepare', 'a.mp4', '-o', 'b']],
    [['prepare', '', '-o', 'b.mp4']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--end', '2', '--duration', '2']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--end', '2', '--start', '2']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--fit', 'squeeze']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--crop', '1,2,3']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--crop', '0,0,0,100']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--crop', '9:0']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--crop', '9:16', '--fit', 'blur']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--crop', '0,0,9,9', '--fit', 'blur']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--colour', 'red']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--track', '0']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--track', '1.5']],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--only', 'magic']],
    [['edit', 'a.mp4', '--prompt', '']],
    [['edit', 'a.mp4', '--prompt', ' \n']],
    [['edit', 'a.mp4', '--prompt', 'x', '--image', '']],
    [['edit', 'a.mp4', '--prompt', 'x', '--cut', '30']],
    [['edit', 'a.mp4', '--prompt', 'x', '--cut', '1.5']],
    [['edit', 'a.mp4', '--prompt', 'x', '--cut', '-2']],
    [['edit', 'a.mp4', '--prompt', 'x', '--seed', '1.5']],
    [['edit', 'a.mp4', '--prompt', 'x', '--seed', '-4']],
    [['edit', 'a.mp4', '--prompt', 'x', '--seed', '2147483648']],
    [['edit', 'a.mp4', '--prompt', 'x', '--callback', 'http://example.com/']],
    [['edit', 'a.mp4', '--prompt', 'x', '--callback', 'https://localhost/']],
    [['edit', 'a.mp4', 'b.mp4', '--prompt', 'x']],
    [['cancel']],
    [['cancel', '']],
    [['retry']],
    [['retry', 'abc', '--provider', 'dashscope']],
    [['settle', 'abc']],
    [['settle', 'abc', '--task', ' ']],
    [['settle', 'abc', '--task', 'x'.repeat(201)]],
    [['settle', 'abc', '--never-arrived', '--submit-again']],
    [['forget']],
    [['forget', 'abc', '']],
    [['help', 'nope']],
    [['jobs', 'extra']],
  ])('%j is status 2 with the usage, and nothing on stdout', async (argv) => {
    const run = await runInProcess(argv)
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('Usage: reshoot')
    expect(run.stderr).not.toMatch(/\n\s+at /)
    // Without arguments the whole help is printed; after a mistake it would hide the error.
    if (argv.length > 0) expect(run.stderr).toMatch(/^error: .*\n([^\n]*\n)?Usage: .*\n.*\n$/)
  })

  it('names the allowed values', async () => {
    const words = ['edit', 'a.mp4', '--prompt', 'x']
    expect((await runInProcess([...words, '--cut', '30'])).stderr).toContain('from 2 to 10')
    expect((await runInProcess([...words, '--seed', '-4'])).stderr).toContain('0 to 2147483647')
    expect((await runInProcess(['help', 'nope'])).stderr).toContain("unknown command 'nope'")
  })

  it('gives a hint for a file whose name starts with a dash', async () => {
    const run = await runInProcess(['check', 'a.mp4', '-b.mp4'])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('write ./-b.mp4\n')
  })

  it('shows the command as it was typed', async () => {
    const env = { npm_lifecycle_event: 'reshoot', npm_package_json: '/somewhere/package.json' }
    const run = await runInProcess(['check'], { env, cwd: '/somewhere' })
    expect(run.stderr).toContain('Usage: npm run -s reshoot -- check')
    expect(run.stderr).toContain('npm run -s reshoot -- check --help')
  })
})

describe('in Chinese', () => {
  const env = { LANG: 'zh_CN.UTF-8' }

  it.each([
    [['check', '--nonsense', 'a.mp4'], '未知选项“--nonsense”'],
    [['check', '-b.mp4'], './-b.mp4'],
    [['chek', 'a.mp4'], '未知命令“chek”\n你是否想输入 check？'],
    [['help', 'nope'], '未知命令“nope”'],
    [['check'], '缺少参数“files”'],
    [['prepare', 'a.mp4', '-o'], '选项“-o, --output <file>”缺少值'],
    [['edit', 'a.mp4'], '缺少必需的选项“--prompt <text>”'],
    [['edit', 'a.mp4', '--prompt', ''], '--prompt <text> 为空'],
    [['edit', 'a.mp4', '--prompt', 'x', '--cut', '30'], '值“30”无效。必须为 0（全部）或 2 至 10'],
    [['edit', 'a.mp4', '--prompt', 'x', '--quality', '480p'], '可选：720p, 1080p。'],
    [['edit', 'a.mp4', '--prompt', 'x', '--callback', 'http://a.com'], 'https:// 开头'],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--only', 'magic'], '可选：salvage, trim'],
    [['prepare', 'a.mp4', '-o', 'b.mp4', '--end', '2', '--duration', '2'], '不能与“'],
    [['cancel', ''], '参数“id”的值“”无效。不能为空。'],
    [['jobs', 'extra'], '参数过多'],
  ])('%j is told in Chinese', async (argv, words) => {
    const run = await runInProcess(argv, { env })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(words)
    expect(run.stderr).toContain('用法： reshoot')
    expect(run.stderr).not.toMatch(/error|invalid|Usage|Did you/)
  })

  it.each([[['--help']], [['check', '--help']], [['prepare', '--help']], [['edit', '--help']]])(
    '%j has no English sentence left',
    async (argv) => {
      const { code, stdout } = await runInProcess(argv, { env })
      expect(code).toBe(0)
      // Names of options and values stay in English.
      const said = stdout.replace(
        /-{1,2}[\w-]+|<[^>]*>|\[[^\]]*\]|[:：（(]?[a-z\d-]+([:,、] [\w:-]+)+/g,
        '',
      )
      expect(said).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/)
      expect(said).toContain('用法')
    },
  )

  it('follows Settings before the environment', async () => {
    const home = temporaryFolder()
    writeFileSync(path.join(home, 'settings.json'), JSON.stringify({ language: 'zh' }))
    expect((await runInProcess(['--home', home, '--help'])).stdout).toContain('用法')
    expect((await runInProcess([`--home=${home}`, 'check'])).stderr).toContain('用法')
  })
})

describe('help', () => {
  it('prints its version', async () => {
    const run = await runInProcess(['--version'])
    expect(run).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('of a command is the same with `help` and `--help`', async () => {
    const asked = await runInProcess(['help', 'edit'])
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(asked.stdout).toBe((await runInProcess(['edit', '--help'])).stdout)
  })

  it.each([[['--help']], [['help']], [['edit', '--help']]])(
    '%j is status 0 with the help on stdout',
    async (argv) => {
      const run = await runInProcess(argv)
      expect(run.code).toBe(0)
      expect(run.stdout).toContain('Usage: reshoot')
    },
  )
})
