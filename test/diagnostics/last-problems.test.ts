import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { lastProblems, pickProblems } from '../../main/diagnostics/last-problems'
import { createFileLog, logUnexpected } from '../../main/log'
import { temporaryFolder } from '../support/temporary-folder'

it('has the warnings and errors of window and command line in the order of their times', async () => {
  const folder = temporaryFolder()
  const write = (name: string, ...lines: string[]) =>
    writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`)
  write('main.old.log', '[2026-11-22T01:00:00.000Z] [warn] first')
  write(
    'main.log',
    '[2026-11-22T03:00:00.000Z] [error] third',
    '[2026-11-22T03:01:00.000Z] [info] fine',
  )
  write('cli.log', '[2026-11-22T02:00:00.000Z] [error] second', 'torn by a ki')
  expect(await lastProblems(folder, null)).toEqual([
    '2026-11-22T01:00:00.000Z warn (main.old.log) first',
    '2026-11-22T02:00:00.000Z error (cli.log) second',
    '2026-11-22T03:00:00.000Z error (main.log) third',
  ])
})

it('of a home without logs has nothing', async () => {
  expect(await lastProblems(path.join(temporaryFolder(), 'none'), null)).toEqual([])
})

it('finds the error that a person was told about, with its cause', async () => {
  const folder = temporaryFolder()
  const id = logUnexpected(createFileLog(folder, 'main'), 'Unexpected error', {
    error: new Error('the cause'),
  })
  expect(await lastProblems(folder, id)).toEqual([
    expect.stringMatching(new RegExp(`Unexpected error ${id} .*the cause`)),
  ])
})

const many = Array.from({ length: 100 }, (_, at) => ({
  line: `[2026-11-22T01:00:00.${String(at).padStart(3, '0')}Z] [error] number ${at}`,
  from: 'main.log',
}))

it('has the last ones, and older ones only about the error that was asked for', () => {
  expect(pickProblems(many, null)).toHaveLength(40)
  expect(pickProblems(many, null)[0]).toContain('number 60')
  const asked = pickProblems(many, 'number 7')
  expect(asked[0]).toMatch(/number 7$/)
  expect(asked).toHaveLength(41)
})

it('cuts a long one off', () => {
  const [said = ''] = pickProblems(
    [{ line: `[2026-11-22T01:00:00.000Z] [error] ${'x'.repeat(5000)}`, from: 'main.log' }],
    null,
  )
  expect(said.length).toBeLessThan(1300)
})
