import { describe, expect, it } from 'vitest'
import { runInProcess } from '../support/run-cli'

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
    [['edit', 'a.mp4', '--prompt', 'x', '--seed', '1.5']],
    [['edit', 'a.mp4', 'b.mp4', '--prompt', 'x']],
    [['cancel']],
    [['jobs', 'extra']],
  ])('%j is status 2 with the usage, and nothing on stdout', async (argv) => {
    const run = await runInProcess(argv)
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('Usage: reshoot')
    expect(run.stderr).not.toMatch(/\n\s+at /)
  })

  it.each([[['--help']], [['edit', '--help']]])(
    '%j is status 0 with the help on stdout',
    async (argv) => {
      const run = await runInProcess(argv)
      expect(run.code).toBe(0)
      expect(run.stdout).toContain('Usage: reshoot')
    },
  )
})
